"""Signs that call for help: what visitors report, without saying who they are."""
