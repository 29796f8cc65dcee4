"""Roles of people, and what each may do; a token may do a part of it."""

from collections.abc import Iterable
from typing import Literal, get_args

Role = Literal["redaction", "publication", "guide", "administration"]
Permission = Literal[
    "stops:draft",
    "stops:publish",
    "lexicon:write",
    "signs:manage",
    "itineraries:write",
    "audience:read",
    "observations:read",
    "observations:moderate",
    "people:manage",
]

ROLES: tuple[str, ...] = get_args(Role)
PERMISSIONS: tuple[str, ...] = get_args(Permission)

_GRANTED: dict[str, frozenset[str]] = {
    "redaction": frozenset(
        {
            "stops:draft",
            "lexicon:write",
            "audience:read",
            "observations:read",
            "observations:moderate",
        },
    ),
    "publication": frozenset(
        {
            "stops:draft",
            "stops:publish",
            "lexicon:write",
            "signs:manage",
            "itineraries:write",
            "audience:read",
            "observations:read",
            "observations:moderate",
        },
    ),
    "guide": frozenset({"itineraries:write", "observations:read"}),
    "administration": frozenset(PERMISSIONS),
}


def granted(roles: Iterable[str]) -> frozenset[str]:
    """Return everything that people with these roles may do."""
    return frozenset().union(*(_GRANTED[role] for role in roles))
