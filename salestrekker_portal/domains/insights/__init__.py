"""Read models for boards, lists and reports."""
