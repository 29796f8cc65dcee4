"""Stops as wholes: one is copied into another, put away, and brought back."""
