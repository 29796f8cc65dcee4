"""Stops out of and into the bureau as files."""
