"""The visit: what a visitor opens, as pages and as documents of the API."""
