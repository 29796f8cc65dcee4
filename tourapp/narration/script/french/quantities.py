"""French quantities: a number with its unit, alone or per another, and sums of money."""

import re
from collections.abc import Iterable

from tourapp.narration.script.french.numbers import (
    NUMBER,
    cardinal,
    is_plural,
    number_words,
    of,
    parted,
)
from tourapp.narration.script.french.units import UNITS, Unit
from tourapp.narration.script.rules import Rule, preceding, rule


def _any_of(symbols: Iterable[str]) -> str:
    return "|".join(re.escape(symbol) for symbol in sorted(symbols, key=len, reverse=True))


_SYMBOL = _any_of(UNITS)
_DIVISOR = rf"(?:[a-zà-ÿ]{{3,}}|{_SYMBOL})(?![\w'])"
_DIVISORS = rf"{_DIVISOR}(?:[.·/]{_DIVISOR})*"
_PER = rf" ?/ ?(?P<per>100 ?km|\({_DIVISORS}\)|{_DIVISORS})"

# A dot and a capital after a letter make it an initial: « en 1990 J. Dupont ».
_END = r"(?![\w']|\. ?[A-ZÀ-Þ])(?:\.(?= [a-zà-ÿ]))?"
_UNIT = rf"(?P<unit>{_SYMBOL})(?:{_PER})?{_END}"

# What no one takes for a word or an initial means a unit even without a number.
_UNMISTAKABLE = re.compile(r".*[²³€%‰°]|.*m[23]|k\w+|[MG](?:W\w*|J|Hz)|TWh?|[cm][mlL]|°[CF]")
_ALONE = _any_of(symbol for symbol in UNITS if _UNMISTAKABLE.fullmatch(symbol))
_DIVISORS_OF_ONE_LETTER = frozenset("hjl")

_SINGULAR_BEFORE = re.compile(r"(?:^|\W)(?:au|ce|chaque|du|l'|le|par|un) ?$", re.IGNORECASE)
_MILLIONS = re.compile(r"(?:milliers?|millions?|milliards?)$")
_MILLIONS_OF = re.compile(r"(?:milliers?|millions?|milliards?) d(?:e |')$")
_CENTIMES = 2
_THOUSANDTHS = 3


def _quantity(match: re.Match[str]) -> str:
    return _amount(match["number"], match["unit"]) + _per(match["per"])


def _millions(match: re.Match[str]) -> str:
    size = Unit("million", "millions") if match["size"] == "M" else Unit("milliard", "milliards")
    return _counted(match["number"], size)


def _range(match: re.Match[str]) -> str:
    unit = UNITS[match["unit"]]
    first = number_words(match["first"], gender=unit.gender)
    return f"{first} à {_counted(match['number'], unit)}{_per(match['per'])}"


def _dimensions(match: re.Match[str]) -> str:
    sizes = [number_words(size) for size in re.findall(NUMBER, match["sizes"])]
    return " sur ".join([*sizes, _quantity(match)])


def _unit_alone(match: re.Match[str]) -> str:
    before, unit = preceding(match), UNITS[match["unit"]]
    name = unit.one if _SINGULAR_BEFORE.search(before) else unit.many
    return (of(name) if _MILLIONS.search(before.rstrip()) else name) + _per(match["per"])


def _unit_of_millions(match: re.Match[str]) -> str | None:
    """Say a symbol that could be a word or an initial, but for the millions that lead to it."""
    return _unit_alone(match) if _MILLIONS_OF.search(preceding(match)) else None


def _divisor(match: re.Match[str]) -> str | None:
    symbol = match["per"]
    if not preceding(match)[-1:].isalpha():
        return None
    return _per(symbol) if len(symbol) > 1 or symbol in _DIVISORS_OF_ONE_LETTER else None


def _amount(number: str, symbol: str) -> str:
    whole, decimals = parted(number)
    if symbol == "€" and 0 < len(decimals) <= _CENTIMES:
        return _euros(whole, int(decimals.ljust(_CENTIMES, "0")))
    if symbol == "k€" and len(decimals) <= _THOUSANDTHS:
        return _counted(whole + decimals.ljust(_THOUSANDTHS, "0"), UNITS["€"])
    return _counted(number, UNITS[symbol])


def _euros(whole: str, centimes: int) -> str:
    if not whole.strip("0"):
        return f"{cardinal(centimes)} centime{'s' * (centimes > 1)}"
    euros = _counted(whole, UNITS["€"])
    return f"{euros} {cardinal(centimes)}" if centimes else euros


def _counted(number: str, unit: Unit) -> str:
    words = number_words(number, gender=unit.gender)
    name = unit.many if is_plural(number) else unit.one
    return f"{words} {of(name) if _MILLIONS.search(words) else name}"


def _per(typed: str | None) -> str:
    if not typed:
        return ""
    if typed.startswith("100"):
        return " aux cent kilomètres"
    parts = re.findall(rf"[a-zà-ÿ]{{3,}}|{_SYMBOL}", typed)
    names = [UNITS[part].one if part in UNITS else part for part in parts]
    return f" par {' et par '.join(names)}"


RULES: tuple[Rule, ...] = (
    rule(rf"(?P<first>{NUMBER}) ?[-–] ?(?P<number>{NUMBER}) ?{_UNIT}", _range),
    rule(rf"(?P<sizes>(?:{NUMBER} ?[x×] ?){{1,3}})(?P<number>{NUMBER}) ?{_UNIT}", _dimensions),
    rule(rf"(?P<number>{NUMBER}) ?{_UNIT}", _quantity),
    rule(rf"(?P<number>{NUMBER}) ?(?P<size>M|Mds?|Mrds?)(?= d(?:e |'))", _millions),
    rule(rf"(?P<unit>{_ALONE})(?:{_PER})?{_END}", _unit_alone),
    rule(rf"(?P<unit>{_SYMBOL}){_PER}{_END}", _unit_alone),
    rule(_UNIT, _unit_of_millions),
    rule(rf"/ ?(?P<per>{_SYMBOL})(?![\w'])", _divisor),
)
