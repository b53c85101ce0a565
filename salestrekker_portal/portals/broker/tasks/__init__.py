"""Tasks: one's own, the firm's, and those of a deal."""
