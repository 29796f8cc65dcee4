"""What walkers notice at a stop: said without a name, read before it is shown, and answered."""
