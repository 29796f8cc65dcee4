"""Stops into files that somebody keeps at home, and back: an archive, a table."""
