"""The photographs of a stop, changed by staff and seen by visitors at once."""
