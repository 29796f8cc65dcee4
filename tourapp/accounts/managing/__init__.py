"""Who may work here: people invited, given roles, sent away; and the log of all that was done."""
