"""Numbers that last: what is printed on a plate outside goes on leading where it led."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from tourapp.signage.models import CARRYING, Sign
from tourapp.stops import renaming
from tourapp.stops.models import Stop


class NumberCarriedError(renaming.NumberTakenError):
    """Plates that are printed or outside carry the number, and lead elsewhere by their code."""

    def __init__(self, number: int, signs: Sequence[Sign]) -> None:
        codes = ", ".join(sign.code for sign in signs)
        super().__init__(
            f"number {number} is printed on signs that lead to {signs[0].stop.slug!r}: {codes};"
            " take them down or move them first",
        )


def check_number(session: Session, stop: Stop, number: int) -> None:
    """Raise NumberTakenError where a stop cannot get a number, which may be the one that it has.

    NumberCarriedError where somebody would key in what a plate says and find another stop, or
    none: the number is another's by its plates, or plates say the one that the stop would lose.
    """
    renaming.check_number(session, stop, number)
    # A stop that is not written yet has no id, and no plates.
    if others := _list_carriers(session, number, Sign.stop_id != (stop.id or 0)):
        raise NumberCarriedError(number, others)
    if stop.id and stop.number != number:
        former = stop.number
        if own := _list_carriers(session, former, Sign.stop_id == stop.id):
            raise NumberCarriedError(former, own)


def _list_carriers(session: Session, number: int, leading: ColumnElement[bool]) -> Sequence[Sign]:
    # A retired plate that still hangs is read all the same.
    carrying = (Sign.printed_number == number, Sign.state.in_(CARRYING))
    carriers = select(Sign).where(leading, *carrying)
    return session.scalars(carriers.order_by(Sign.stop_id, Sign.id)).all()
