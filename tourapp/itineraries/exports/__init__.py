"""An itinerary in the forms that other programs read. Nothing private is in any of them."""
