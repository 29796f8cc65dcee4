"""Speed and size, measured against a yardstick in the same run."""
