"""What is true of a stop in every language, and seen at once: closures and position."""
