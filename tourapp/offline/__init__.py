"""The visit without signal: tours that a phone takes along, and what keeps them there."""
