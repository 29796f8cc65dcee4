"""Rounds past the signs that want to be seen."""
