"""What is due: everything that happens by itself, each kind in a lane of its own."""
