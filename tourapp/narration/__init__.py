"""Narratives spoken: from text to a clip with its cues."""
