"""Secrets that are handed out once, and known again by their digest."""

import base64
import hashlib
import hmac
import secrets


def new_secret() -> str:
    """Return what nobody guesses: 256 bits."""
    return secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    """Return what is kept of a secret; with 256 bits of its own, a slow hash adds nothing."""
    return hashlib.sha256(secret.encode()).hexdigest()


def derived_secret(seed: str, *, key: str) -> str:
    """Return the secret that follows from a seed for whoever has the installation's key.

    To anybody else who reads the seed, it is as if it were drawn anew.
    """
    digest = hmac.digest(key.encode(), f"secret of {seed}".encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
