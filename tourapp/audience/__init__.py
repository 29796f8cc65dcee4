"""The audience: how often signs and pages are opened, and nothing about by whom."""
