"""Who else has a text open, told to who writes it."""
