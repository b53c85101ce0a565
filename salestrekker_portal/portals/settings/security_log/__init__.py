"""The security log, for admins."""
