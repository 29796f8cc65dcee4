"""The folder of a stop, `stop.toml` and one Markdown file a narrative, read and written."""

PLACE_FILE = "stop.toml"
FENCE = "+++"
