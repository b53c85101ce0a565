"""What brokers write themselves, to clients and partners, and the templates that a firm keeps for it."""
