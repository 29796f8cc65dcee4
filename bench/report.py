"""docs/benchmarks.md, a section a bench: one that is run alone leaves the others as they were."""

import os
import platform
import re
from pathlib import Path

from tourapp.settings import PROJECT_ROOT

FILE = PROJECT_ROOT / "docs" / "benchmarks.md"

_HEAD = """# Benchmarks

Written by `make bench`. Seconds differ from machine to machine; ratios to a yardstick of the same
run say more.
"""


def write_section(title: str, text: str, *, file: Path = FILE) -> None:
    """Print a section, and put it in the place of the former one of this title."""
    section = f"## {title}\n\nOn {machine()}.\n\n{text.strip()}\n"
    print(section)
    present = file.read_text("utf-8") if file.exists() else ""
    former = re.split(r"^## ", present, flags=re.MULTILINE)[1:]
    sections = {each.partition("\n")[0]: f"## {each.strip()}\n" for each in former}
    whole = [_HEAD, *(sections | {title: section}).values()]
    file.write_text("\n".join(whole), "utf-8")


def machine() -> str:
    """Describe this machine."""
    cpuinfo = Path("/proc/cpuinfo")
    models = re.findall(r"model name\s*:\s*(.+)", cpuinfo.read_text()) if cpuinfo.exists() else []
    model = models[0] if models else platform.machine()
    python = f"Python {platform.python_version()}"
    return f"{os.cpu_count()} cores of {model}, {platform.system()}, {python}"
