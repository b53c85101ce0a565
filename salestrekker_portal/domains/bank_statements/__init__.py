"""Bank statements from the bank itself: asked for, agreed to, fetched through a provider, filed in the deal."""
