"""Units of measure by their symbols, put together from a language's words."""

from collections.abc import Mapping

from tourapp.narration.script.foreign.tongue import Unit


def metric(names: Mapping[str, Unit], *, square: str, cubic: str) -> dict[str, Unit]:
    """Return the units of a language, those of lengths squared and cubed too.

    `square` and `cubic` are put before the name of a length.
    """
    raised = {
        f"{symbol}{mark}": _raised(names[symbol], power)
        for symbol in ("m", "cm", "km")
        for marks, power in (("²2", square), ("³3", cubic))
        for mark in marks
    }
    return {**names, **raised}


def _raised(length: Unit, power: str) -> Unit:
    one, many = (
        name if power.endswith(" ") else name.lower() for name in (length.one, length.many)
    )
    return Unit(f"{power}{one}", f"{power}{many}", length.article)
