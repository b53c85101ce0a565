"""Keeping an installation safe: backups of database and files together, restoring one, and checking that all opens."""
