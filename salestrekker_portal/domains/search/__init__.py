"""Finding anything of the firm by a few words."""
