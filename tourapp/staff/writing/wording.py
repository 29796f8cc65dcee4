"""The fields of a narrative, as their writers know them."""

from dataclasses import dataclass

from tourapp.stops.content import LONGEST

LANGUAGE_NAMES = {"fr": "français", "en": "anglais", "nl": "néerlandais", "de": "allemand"}
VARIANT_NAMES = {"standard": "", "facile": "facile à lire"}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a narrative: its label, what it is for, and how large its field is."""

    name: str
    label: str
    hint: str
    rows: int = 1

    @property
    def most(self) -> int:
        """The most characters that it may have."""
        return LONGEST[self.name]


PARTS = (
    Part("title", "Titre", "Court\u202f: il se lit de loin."),
    Part("lede", "Chapeau", "Une phrase qui donne envie de rester.", rows=2),
    Part("look", "Regardez", "Ce qu’il faut chercher des yeux, ici.", rows=3),
    Part("text", "Le récit", "Ce qui est lu et dit. Visez deux minutes d’écoute.", rows=18),
    Part("question", "Et vous\u202f?", "Une question à emporter.", rows=2),
    Part("access", "Y aller", "Le chemin, les marches, le revêtement.", rows=3),
    Part("safety", "Prudence", "Ce à quoi il faut faire attention.", rows=3),
    Part(
        "drawing_alt",
        "L’image, décrite",
        "Pour qui ne la voit pas\u202f: ce qu’elle montre, sans «\u202fimage de\u202f».",
        rows=2,
    ),
)


def telling_name(lang: str, variant: str) -> str:
    """Name a narrative of a stop, « français, facile à lire »."""
    names = (LANGUAGE_NAMES[lang], VARIANT_NAMES[variant])
    return ", ".join(name for name in names if name)
