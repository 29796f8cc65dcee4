"""Keeping the forms of pictures, and finding them."""

from sqlalchemy.orm import Session

from tourapp.db import insert_into
from tourapp.pictures.models import PictureForm


def add_form(session: Session, made: PictureForm) -> None:
    """Keep a form; where another worker made it meanwhile, its own stays."""
    values = {column.key: getattr(made, column.key) for column in PictureForm.__table__.columns}
    session.execute(insert_into(session, PictureForm).values(values).on_conflict_do_nothing())


def find_form(session: Session, source_media: str, form: str) -> PictureForm | None:
    """Return one form of a picture, or None while it is not made."""
    return session.get(PictureForm, (source_media, form))
