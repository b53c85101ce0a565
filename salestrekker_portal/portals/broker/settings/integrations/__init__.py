"""Settings: integrations."""
