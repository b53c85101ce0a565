"""The drawer that adds a deal, from any page."""
