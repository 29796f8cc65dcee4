"""Secrets that are handed out once, and known again by their digest."""

import hashlib
import secrets


def new_secret() -> str:
    """Return what nobody guesses: 256 bits."""
    return secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    """Return what is kept of a secret; with 256 bits of its own, a slow hash adds nothing."""
    return hashlib.sha256(secret.encode()).hexdigest()
