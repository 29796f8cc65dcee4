"""The signs as the bureau lists them: those first that somebody should see to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from tourapp.signage.models import Sign, State
from tourapp.signage.register.queries import SignQuery, list_signs
from tourapp.signage.rounds.services import list_silences
from tourapp.signage.rounds.silence import Silence

HANGING: tuple[State, ...] = ("installed", "damaged")


@dataclass(frozen=True, slots=True)
class ListedSign:
    """A sign, and how few scans it has where it has too few."""

    sign: Sign
    silence: Silence | None

    @property
    def is_pressing(self) -> bool:
        """Whether it is damaged, said to be so, or silent."""
        sign = self.sign
        return sign.state == "damaged" or bool(sign.open_reports) or self.silence is not None


def list_register(session: Session, query: SignQuery, *, today: date) -> Sequence[ListedSign]:
    """Return the signs that match, the pressing ones first, then by the number of their stop."""
    signs = list_signs(session, query)
    hanging = [sign for sign in signs if sign.state in HANGING]
    silences = list_silences(session, hanging, today=today)
    listed = [ListedSign(sign, silences.get(sign.id)) for sign in signs]
    return sorted(listed, key=lambda each: not each.is_pressing)
