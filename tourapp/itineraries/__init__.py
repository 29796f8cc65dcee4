"""Itineraries: stops in order for a group or a visitor, and the ways between them."""
