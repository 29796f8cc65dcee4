"""Keeping an installation whole: media files against the rows that name them."""
