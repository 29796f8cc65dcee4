"""Itineraries as visitors meet them: the list, and one with its map, its ways and its times."""
