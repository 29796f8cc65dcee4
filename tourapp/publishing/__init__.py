"""Publishing: what visitors see becomes so here, and whether it can be seen is told here."""
