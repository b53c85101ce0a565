"""Contacts and deals from a spreadsheet: looked at first, brought in, and taken back."""
