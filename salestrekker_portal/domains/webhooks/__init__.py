"""Telling a firm's other programs what happened."""
