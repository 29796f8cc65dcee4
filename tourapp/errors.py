"""What can go wrong, said without HTTP: one base class, one subclass a kind of refusal."""

from collections.abc import Mapping
from types import MappingProxyType


class TourError(Exception):
    """Base of every error that the product raises on purpose; its text is one sentence.

    `retry_after_s` tells when asking again may help, `facts` what a program may read beside it,
    `mistakes` what is wrong, each with the place where it stands.
    """

    retry_after_s: float | None = None
    facts: Mapping[str, str] = MappingProxyType({})
    mistakes: tuple[tuple[str, str], ...] = ()


class NotFoundError(TourError):
    """What was asked for does not exist, or is not published."""


class MovedError(TourError):
    """What was asked for is known by another name since."""

    def __init__(self, former: str, now: str) -> None:
        super().__init__(f"{former!r} is called {now!r} now")
        self.former = former
        self.now = now


class GoneError(TourError):
    """What was asked for was here once, and is withdrawn for good."""


class ConflictError(TourError):
    """The change contradicts what is already there."""


class StaleError(TourError):
    """The change is made on a state that is no longer the newest."""


class UnauthenticatedError(TourError):
    """Nobody says who makes the change, or nobody that is known."""


class ForbiddenError(TourError):
    """The person may not do this."""


class InvalidError(TourError):
    """What was given cannot be understood or breaks a rule."""


class ExceededError(TourError):
    """More is asked for at once than one person may have; it is allowed again later."""

    def __init__(self, message: str, *, retry_after_s: float) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class UnavailableError(TourError):
    """Something outside does not answer now; trying again later may help."""

    retry_after_s: float | None = 5.0
