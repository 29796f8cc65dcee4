"""Finding a stop: the list and its search, and the map."""
