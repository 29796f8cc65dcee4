"""What lets machines find the visit: links that show themselves, a sitemap, a podcast."""
