"""A new itinerary from a file."""
