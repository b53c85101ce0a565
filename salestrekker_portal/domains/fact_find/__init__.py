"""The digital fact find: its questions as data, and what can be said about the answers."""
