"""Who sees an itinerary, and who writes at it."""
