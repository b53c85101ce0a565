"""The frame of events: who may raise one, what its State may use, what comes of it. Knows no portal."""
