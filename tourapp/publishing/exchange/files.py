"""Stops as files, whoever asks for them: what each is called, and how it is written."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

from sqlalchemy.orm import Session

from tourapp.publishing.exchange.services import write_archive
from tourapp.publishing.exchange.tables import csv_table, list_lines, write_workbook
from tourapp.resources import Resources
from tourapp.web.addresses import Addresses


@dataclass(frozen=True, slots=True)
class StopsFile:
    """A form in which every stop leaves the house."""

    name: str
    content_type: str
    write: Callable[[Session, Resources, IO[bytes]], None]


def _write_archive(session: Session, resources: Resources, file: IO[bytes]) -> None:
    write_archive(session, resources.media, file)


def _write_csv(session: Session, resources: Resources, file: IO[bytes]) -> None:
    file.write(csv_table(list_lines(session, Addresses(resources.settings.public_url))))


def _write_workbook(session: Session, resources: Resources, file: IO[bytes]) -> None:
    write_workbook(list_lines(session, Addresses(resources.settings.public_url)), file)


ARCHIVE = StopsFile("arrets.zip", "application/zip", _write_archive)
CSV = StopsFile("arrets.csv", "text/csv; charset=utf-8", _write_csv)
WORKBOOK = StopsFile(
    "arrets.xlsx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    _write_workbook,
)
