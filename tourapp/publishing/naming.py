"""Which narrative a request is about: its stop stands in the address, the rest in the query."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from tourapp.stops.editing import Telling

Told = ParamSpec("Told")
Answer = TypeVar("Answer")


def about_telling(view: Callable[Concatenate[Telling, Told], Answer]) -> Callable[..., Answer]:
    """Hand a view the narrative that its `slug` and `TellingQuerySchema` name, in their place."""

    @wraps(view)
    def named(query: dict[str, Any], *told: Any, slug: str, **rest: Any) -> Answer:  # noqa: ANN401 -- whatever else the view is handed
        return view(Telling(slug=slug, **query), *told, **rest)

    return named
