"""Writing a narrative: drafts, what visitors would see and hear of them, submitting, publishing."""
