"""What the site states of itself: how far it is accessible, and what it knows of its visitors."""
