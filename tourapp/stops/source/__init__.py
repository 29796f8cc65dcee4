"""The folder of a stop, `stop.toml` and one Markdown file a narrative, read and written."""

PLACE_FILE = "stop.toml"
FENCE = "+++"


def narrative_name(lang: str, variant: str) -> str:
    """Return the name of a narrative's file."""
    return f"{lang}.md" if variant == "standard" else f"{lang}.{variant}.md"
