"""`python -m tourapp`, the same as the command `tourapp`."""

from tourapp.cli import main

main(prog_name="tourapp")
