"""The page of those who take part in a led walk: no account, no cookie, no place of theirs."""
