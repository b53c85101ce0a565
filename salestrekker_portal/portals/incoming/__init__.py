"""What comes from a browser, by an event or by a form: whose it is, what it says, whether it came before."""
