"""Attendance: what players tell, and what was counted of the audience, added up for staff."""
