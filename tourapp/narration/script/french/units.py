"""Units of measurement and of money, as typed and as said in French."""

from dataclasses import dataclass

from tourapp.narration.script.french.numbers import Gender


@dataclass(frozen=True, slots=True)
class Unit:
    """The name of a unit for one and for several."""

    one: str
    many: str
    gender: Gender = "m"


_PREFIXES = {
    "T": "téra",
    "G": "giga",
    "M": "méga",
    "k": "kilo",
    "h": "hecto",
    "da": "déca",
    "": "",
    "d": "déci",
    "c": "centi",
    "m": "milli",
    "µ": "micro",
    "μ": "micro",
    "n": "nano",
}

# Symbol, name (a star where the plural's s stands), the prefixes that go with it, gender.
_PREFIXED: tuple[tuple[str, str, str, Gender], ...] = (
    ("m", "mètre*", "k h da - d c m µ μ n", "m"),
    ("g", "gramme*", "k h da - d c m µ μ n", "m"),
    ("L", "litre*", "h - d c m", "m"),
    ("l", "litre*", "h - d c m", "m"),
    ("W", "watt*", "T G M k - m", "m"),
    ("Wc", "watt*-crête", "G M k -", "m"),
    ("Wh", "wattheure*", "T G M k -", "m"),
    ("Whep", "wattheure* d'énergie primaire", "M k", "m"),
    ("Whef", "wattheure* d'énergie finale", "M k", "m"),
    ("VA", "voltampère*", "M k -", "m"),
    ("V", "volt*", "k - m", "m"),
    ("J", "joule*", "T G M k -", "m"),
    ("cal", "calorie*", "k -", "f"),
    ("Hz", "hertz", "G M k -", "m"),
    ("Pa", "pascal*", "k h -", "m"),
    ("bar", "bar*", "- m", "m"),
    ("o", "octet*", "T G M k", "m"),
    ("B", "bel*", "d", "m"),
    ("s", "seconde*", "- m µ", "f"),
    ("t", "tonne*", "-", "f"),
    ("tep", "tonne* équivalent pétrole", "-", "f"),
)

_PLAIN = {
    "%": Unit("pour cent", "pour cent"),
    "‰": Unit("pour mille", "pour mille"),
    "°": Unit("degré", "degrés"),
    "°C": Unit("degré", "degrés"),
    "°F": Unit("degré Fahrenheit", "degrés Fahrenheit"),
    "Mt": Unit("million de tonnes", "millions de tonnes"),
    "kt": Unit("millier de tonnes", "milliers de tonnes"),
    "Mm³": Unit("million de mètres cubes", "millions de mètres cubes"),
    "ch": Unit("cheval", "chevaux"),
    "q": Unit("quintal", "quintaux"),
    "ha": Unit("hectare", "hectares"),
    "an": Unit("an", "ans"),
    "j": Unit("jour", "jours"),
    "h": Unit("heure", "heures", "f"),
    "mn": Unit("minute", "minutes", "f"),
    "min": Unit("minute", "minutes", "f"),
    "sec": Unit("seconde", "secondes", "f"),
    "lx": Unit("lux", "lux"),
    "lm": Unit("lumen", "lumens"),
    "dB(A)": Unit("décibel A", "décibels A"),
    "tr": Unit("tour", "tours"),
    **dict.fromkeys(("hab.", "hab"), Unit("habitant", "habitants")),
    **dict.fromkeys(("pers.", "pers"), Unit("personne", "personnes", "f")),
    **dict.fromkeys(("log.", "logt"), Unit("logement", "logements")),
    **dict.fromkeys(("véh.", "véh"), Unit("véhicule", "véhicules")),
}

_MILLIARD = Unit("milliard d'euros", "milliards d'euros")
_MONEY = {
    "€": Unit("euro", "euros"),
    "$": Unit("dollar", "dollars"),
    "£": Unit("livre", "livres", "f"),
    "F": Unit("franc", "francs"),
    "MF": Unit("million de francs", "millions de francs"),
    "k€": Unit("millier d'euros", "milliers d'euros"),
    **dict.fromkeys(("M€", "M €"), Unit("million d'euros", "millions d'euros")),
    **dict.fromkeys(("Md€", "Mds€", "Mrd€", "G€", "Md €", "Mds €", "Mrd €"), _MILLIARD),
}

_CARBON = "{} de cé o deux", ("{}CO2", "{} CO2")
_CARBON_EQUIVALENT = (
    "{} équivalent cé o deux",
    ("{}CO2e", "{}CO2eq", "{}eqCO2", "{}éqCO2", "{} eq CO2", "{} éq CO2", "{} éq. CO2"),
)
_POWERS = {"²": "carré*", "2": "carré*", "³": "cube*", "3": "cube*"}


def _prefixed() -> dict[str, Unit]:
    return {
        prefix.strip("-") + symbol: _unit(_PREFIXES[prefix.strip("-")] + name, gender=gender)
        for symbol, name, prefixes, gender in _PREFIXED
        for prefix in prefixes.split()
    }


def _raised() -> dict[str, Unit]:
    return {
        f"{prefix}m{mark}": _unit(f"{name}mètre* {power}")
        for prefix, name in _PREFIXES.items()
        for mark, power in _POWERS.items()
    }


def _carbon() -> dict[str, Unit]:
    return {
        form.format(symbol): Unit(said.format(unit.one), said.format(unit.many), unit.gender)
        for symbol, unit in (_prefixed() | _PLAIN).items()
        if symbol in {"g", "kg", "t", "kt", "Mt"}
        for said, forms in (_CARBON, _CARBON_EQUIVALENT)
        for form in forms
    }


def _unit(name: str, *, gender: Gender = "m") -> Unit:
    return Unit(name.replace("*", ""), name.replace("*", "s"), gender)


UNITS = _raised() | _prefixed() | _PLAIN | _MONEY | _carbon()
"""Every unit by its symbol."""
