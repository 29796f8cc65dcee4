"""The road book: what a group and its guide take along on paper."""
