"""What visitors say of signs that are damaged."""
