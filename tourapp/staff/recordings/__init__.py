"""Texts that somebody reads aloud: given, listened to, withdrawn."""
