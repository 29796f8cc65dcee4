"""Passwords: which are good enough, and how they are kept.

After OWASP's ASVS 5 (6.2) and NIST's SP 800-63B: length and no guessable ones, no rules of
composition, no end date, nothing cut off.
"""

import threading
import unicodedata
from collections.abc import Sequence
from typing import Literal

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from tourapp.errors import InvalidError

SHORTEST = 12
LONGEST = 200

Fault = Literal["short", "long", "guessable"]

# zxcvbn's own lists are English: these come first to mind here.
_FAMILIAR = (
    "motdepasse", "azerty", "azertyuiop", "qsdfghjklm", "bonjour", "soleil", "doudou", "chouchou",
    "marseille", "jetaime", "loulou", "nicolas", "camille", "lens", "racing", "chti", "loos",
    "gohelle", "terril", "terrils", "mineur", "mines", "charbon", "fosse", "bassin", "minier",
    "artois", "ddtour", "bureau", "visite", "tourisme",
)  # fmt: skip
_LEAST_SCORE = 3


class PasswordError(InvalidError):
    """A password that is not good enough; `fault` tells why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(f"the password is {fault}")
        self.fault: Fault = fault


def check_password(password: str, *, about: Sequence[str]) -> None:
    """Raise PasswordError where somebody who knows what is in `about` guesses it soon."""
    # Loaded with the first password that is chosen: its lists weigh eight megabytes.
    from zxcvbn_rs_py import zxcvbn  # noqa: PLC0415

    chosen = normalise(password)
    fault: Fault | None = None
    if len(chosen) < SHORTEST:
        fault = "short"
    elif len(chosen) > LONGEST:
        fault = "long"
    elif int(zxcvbn(chosen, [*_FAMILIAR, *about]).score) < _LEAST_SCORE:
        fault = "guessable"
    if fault is not None:
        raise PasswordError(fault)


def normalise(password: str) -> str:
    """Return one spelling of letters that keyboards write in two ways."""
    return unicodedata.normalize("NFKC", password)


class Hasher:
    """Argon2id, one at a time: a process never takes more than one hash's memory.

    Of the choices that OWASP's password storage sheet calls equal, the one with the least memory.
    """

    def __init__(self, *, time_cost: int = 5, memory_kib: int = 7_168) -> None:
        self._argon2 = PasswordHasher(time_cost=time_cost, memory_cost=memory_kib, parallelism=1)
        self._one_at_a_time = threading.Lock()
        self._nobodys = self._argon2.hash("nobody has this password")

    def hash(self, password: str) -> str:
        """Return what is kept of a password."""
        with self._one_at_a_time:
            return self._argon2.hash(normalise(password))

    def is_right(self, password: str, kept: str | None) -> bool:
        """Compare a password with what is kept; with nothing kept it takes as long."""
        with self._one_at_a_time:
            try:
                self._argon2.verify(kept or self._nobodys, normalise(password))
            except (VerificationError, InvalidHashError):
                return False
            return kept is not None
