"""The catalogue: the version of what visitors see, and which prepared documents still show it."""
