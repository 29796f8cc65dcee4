"""The bureau's pages: where staff write, listen, publish and undo."""
