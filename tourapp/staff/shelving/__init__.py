"""Stops as wholes: copied, put away, brought back."""
