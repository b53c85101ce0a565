"""A deal's documents and the requests for them."""
