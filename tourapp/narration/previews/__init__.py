"""Texts that are not saved, spoken for whoever writes them, and gone after an hour."""
