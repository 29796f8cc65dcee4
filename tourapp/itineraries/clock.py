"""Hours as each language writes them, and days in French, pure."""

import re
from datetime import date, datetime

from babel.dates import format_date, format_time

_NARROW = "\N{NARROW NO-BREAK SPACE}"
_FRENCH_HOUR = f"H'{_NARROW}h'"
_FRENCH_MINUTE = f"H'{_NARROW}h{_NARROW}'mm"


def clock(moment: datetime, *, lang: str) -> str:
    """Write the hour of a moment by its own zone: « 10 h », « 10 h 05 », or 10:05 elsewhere."""
    if lang == "fr":
        # Unicode's tables know French hours with a colon alone, which belongs to timetables.
        return format_time(moment, _FRENCH_MINUTE if moment.minute else _FRENCH_HOUR, locale=lang)
    # Of English, the British one: it counts to 24, as the others here do.
    return format_time(moment, "short", locale="en_GB" if lang == "en" else lang)


def french_day(on: date, form: str) -> str:
    """Write a day in French, in a form of Unicode's tables: « 1er déc. », « 2 déc. »."""
    written = format_date(on, form, locale="fr")
    # Only the first of a month is an ordinal; those tables leave that to the writer.
    return re.sub(r"\b1\b", "1er", written, count=1) if on.day == 1 else written
