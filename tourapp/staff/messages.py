"""What programs say went wrong, told to people in French."""

import re
from collections.abc import Mapping

UNFORESEEN = "une panne imprévue. Prévenez qui tient le serveur\u202f: son journal dit laquelle."
"""Of what only a developer can mend."""


def translated(
    message: str, known: Mapping[str, str], *, words: Mapping[str, str] | None = None
) -> str | None:
    """Return what the first expression that fits the whole message stands for.

    It names the parts that the expression found, in other `words` where there are any.
    """
    for pattern, told in known.items():
        if found := re.fullmatch(pattern, message, re.DOTALL):
            parts = (part for part in found.groups() if part is not None)
            return told.format(*((words or {}).get(part, part) for part in parts))
    return None
