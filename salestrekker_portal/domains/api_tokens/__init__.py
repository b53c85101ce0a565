"""Keys with which a firm's other programs come in."""
