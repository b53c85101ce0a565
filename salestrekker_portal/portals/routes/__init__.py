"""Every address of plain HTTP, a file for each kind. Knows the portals; no portal knows it."""
