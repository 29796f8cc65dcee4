"""What visitors notice at a stop: said on its page, and shown there once it is read."""
