"""The builder as a browser without scripts sends it: every field of the page, and one key."""

from dataclasses import dataclass
from html.parser import HTMLParser

from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from tests.staff.desk import Desk


class _Form(HTMLParser):
    """The fields of one form of a page, with what stands in them."""

    def __init__(self, form_id: str) -> None:
        super().__init__()
        self._form_id = form_id
        self._is_within = False
        self._area: str | None = None
        self._select: str | None = None
        self.fields: MultiDict[str, str] = MultiDict()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name, value = given.get("name") or "", given.get("value") or ""
        if tag == "form":
            self._is_within = given.get("id") == self._form_id
        elif not self._is_within:
            return
        elif tag == "input":
            self.fields.add(name, value)
        elif tag == "textarea":
            self._area = name
            self.fields.add(name, "")
        elif tag == "select":
            self._select = name
        elif tag == "option" and "selected" in given and self._select:
            self.fields.add(self._select, value)

    def handle_data(self, data: str) -> None:
        if self._area:
            written = self.fields.poplist(self._area)
            self.fields.setlist(self._area, [*written[:-1], written[-1] + data.removeprefix("\n")])

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = None


def fields_of(page: str, form_id: str = "builder") -> MultiDict[str, str]:
    """Return what a form of a page would send, without any key."""
    form = _Form(form_id)
    form.feed(page)
    return form.fields


@dataclass
class Builder:
    """Somebody's builder of one itinerary."""

    desk: Desk
    path: str

    def page(self, query: str = "") -> str:
        """Open it."""
        return self.desk.get(f"{self.path}{query}").text

    def send(self, key: str, page: str = "", /, **changed: str | list[str]) -> TestResponse:
        """Press a key of a page, the present one by default, in which some fields were changed."""
        fields = fields_of(page or self.page())
        for name, value in changed.items():
            fields.setlist(name, [value] if isinstance(value, str) else value)
        fields["do"] = key
        return self.desk.client.post(self.path, data=fields)

    def press(self, key: str, /, **changed: str | list[str]) -> str:
        """Press a key that is obeyed, and return the page that it leads to."""
        answer = self.send(key, **changed)
        assert answer.status_code == 303, answer.text
        return self.desk.get(answer.location).text

    @property
    def halts(self) -> list[str]:
        """The stops of the halts in their order; a place that is none by its name."""
        fields = fields_of(self.page())
        pairs = zip(fields.getlist("halt_stop"), fields.getlist("halt_spot_name"), strict=True)
        return [stop or name for stop, name in pairs]
