"""What walkers noticed: read, decided upon, answered."""
