"""What can go wrong, said without HTTP: one base class, one subclass a kind of refusal."""


class TourError(Exception):
    """Base of every error that the product raises on purpose; its text is one sentence."""


class NotFoundError(TourError):
    """What was asked for does not exist, or is not published."""


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


class UnavailableError(TourError):
    """Something outside does not answer now; trying again later may help."""
