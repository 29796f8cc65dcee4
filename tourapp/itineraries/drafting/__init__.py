"""A draft itinerary from a file that somebody drew, or that came from this program or another."""
