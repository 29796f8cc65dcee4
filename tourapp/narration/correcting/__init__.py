"""Correcting over HTTP how local names are said."""
