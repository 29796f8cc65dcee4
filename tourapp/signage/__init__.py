"""Signs: the printed plates with their codes, and where each one leads."""
