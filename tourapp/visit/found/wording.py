"""How the whole visit is called and described, in the language of the page."""

from flask_babel import gettext as _


def site_title() -> str:
    """Return the name of the visit."""
    return str(_("Le bassin minier, en marchant"))


def site_description() -> str:
    """Return the visit in a sentence."""
    return str(
        _(
            "Marcher, regarder, écouter, dire ce que l’on remarque\N{NARROW NO-BREAK SPACE}: un"
            " guide sonore du bassin minier autour de Loos-en-Gohelle."
        )
    )
