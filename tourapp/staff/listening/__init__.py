"""Hearing a text before it is published."""
