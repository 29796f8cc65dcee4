"""The builder: one form in which an itinerary is written; each of its keys saves it whole."""
