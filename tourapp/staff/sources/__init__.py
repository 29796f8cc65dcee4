"""Where the facts of a stop come from: the lines of one form, kept together."""
