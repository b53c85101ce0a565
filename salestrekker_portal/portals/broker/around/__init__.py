"""What stands around every page of the firm’s own people, the settings included."""
