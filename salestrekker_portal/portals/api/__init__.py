"""The way in for a firm's other programs: JSON over HTTP with a key, under the same rules as the screens."""
