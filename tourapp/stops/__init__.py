"""Stops: places on the ground, and what is told there."""
