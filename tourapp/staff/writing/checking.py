"""What is wrong with the parts of a narrative, in words for who writes it."""

from collections.abc import Mapping

from tourapp.staff.writing.wording import PARTS


def find_faults(parts: Mapping[str, str]) -> dict[str, str]:
    """Tell which parts cannot be kept, not even as a draft."""
    return {
        part.name: f"«\u202f{part.label}\u202f»\u202f: {part.most} caractères au plus."
        for part in PARTS
        if len(parts[part.name]) > part.most
    }


def find_empty(parts: Mapping[str, str]) -> dict[str, str]:
    """Tell which parts visitors would find empty."""
    return {
        part.name: f"«\u202f{part.label}\u202f» est encore vide."
        for part in PARTS
        if not parts[part.name].strip()
    }
