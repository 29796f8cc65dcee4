"""Signs, printed: ordered, and fetched when the worker has made them."""
