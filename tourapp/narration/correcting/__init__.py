"""Correcting how local names are said, over HTTP and by commands."""
