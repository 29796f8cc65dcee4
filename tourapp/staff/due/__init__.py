"""What needs doing, each with the place where it is done."""
