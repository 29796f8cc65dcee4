"""What people write into forms, with nothing in it that nobody sees."""

from typing import IO

from flask import Flask, Request
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.formparser import FormDataParser

from tourapp.web.characters import tidied

_AS_TYPED = frozenset({"password", "wanted"})
"""Passwords: whatever somebody chose is compared as it is."""


class TidyFormParser(FormDataParser):
    """Reads a form; texts come without the characters that no text is made of."""

    def parse(
        self,
        stream: IO[bytes],
        mimetype: str,
        content_length: int | None,
        options: dict[str, str] | None = None,
    ) -> tuple[IO[bytes], MultiDict[str, str], MultiDict[str, FileStorage]]:
        """Return the rest of the stream, the texts and the files of a form."""
        rest, form, files = super().parse(stream, mimetype, content_length, options)
        written = (
            (name, value if name in _AS_TYPED else tidied(value))
            for name, value in form.items(multi=True)
        )
        return rest, self.cls(written), files


class FormRequest(Request):
    """A request whose forms are read so."""

    form_data_parser_class = TidyFormParser


def register_forms(app: Flask) -> None:
    """Have an application read every form so."""
    app.request_class = FormRequest
