"""Settings: what the firm's other programs may do, and what they hear of."""
