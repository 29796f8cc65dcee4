"""Devices that somebody came in with before, after OWASP's device cookies.

https://owasp.org/www-community/Slow_Down_Online_Guessing_Attacks_with_Device_Cookies
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from itsdangerous import BadSignature, URLSafeTimedSerializer

KNOWN_FOR = timedelta(days=365)

_SALT = "device"


@dataclass(frozen=True, slots=True)
class Devices:
    """Signs what a device keeps, and knows it again."""

    secret_key: str

    def introduce(self, person_id: int) -> str:
        """Return what a device is to keep, once somebody came in with it."""
        return self._serializer().dumps([person_id, secrets.token_hex(8)])

    def find(self, kept: str, person_id: int | None) -> str | None:
        """Return a device's name, where that person came in with it."""
        try:
            known_id, name = self._serializer().loads(kept, max_age=int(KNOWN_FOR.total_seconds()))
        except BadSignature:
            return None
        return str(name) if known_id == person_id else None

    def _serializer(self) -> URLSafeTimedSerializer:
        return URLSafeTimedSerializer(self.secret_key, salt=_SALT)
