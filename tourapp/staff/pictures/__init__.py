"""The photographs of a stop: sent, described, framed, put in order, removed."""
