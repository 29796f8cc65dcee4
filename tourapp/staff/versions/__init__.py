"""The versions of a narrative: compared, published, published later, taken back, taken up again."""
