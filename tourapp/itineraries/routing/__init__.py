"""Ways from a routing service: asked by a worker, kept in the database, marked wherever shown."""
