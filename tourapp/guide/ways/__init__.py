"""The way to a halt: a path from a file, in place of an estimate."""
