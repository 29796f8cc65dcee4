"""Plates: a sign as it is printed, set in type, checked by reading it, alone or by the hundred."""
