"""An itinerary on paper, for the guide who leads it."""
