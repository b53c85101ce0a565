"""Figures over all deals of the firm."""
