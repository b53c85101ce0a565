"""The loans of a deal, and what secures them."""
