"""Letters to people of the office: written with the act that causes them, sent by a worker."""
