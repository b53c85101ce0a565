"""What a stage does by itself when a deal arrives, or has stayed."""
