"""Recordings of people reading a narrative: taken in, checked, aligned with the text."""
