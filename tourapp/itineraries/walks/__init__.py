"""Led walks: an itinerary walked on a day, with a group whose phones may follow."""
