"""What every answer shares: errors, headers, logs, media, and the API's frame."""
