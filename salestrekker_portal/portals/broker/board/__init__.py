"""The board of a workflow, and its list."""
