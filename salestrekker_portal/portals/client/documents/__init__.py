"""The client's documents."""
