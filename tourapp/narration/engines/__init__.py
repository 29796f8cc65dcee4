"""The speech engines: one protocol, and whoever keeps it."""
