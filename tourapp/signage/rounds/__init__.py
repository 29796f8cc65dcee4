"""Check rounds: which signs want to be seen, and in which order one walks past them."""
