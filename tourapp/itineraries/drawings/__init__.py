"""What somebody drew or walked, read from GPX, KML and GeoJSON: bounded, and never trusted."""
