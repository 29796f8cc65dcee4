"""The table of the forms that were made of pictures."""

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tourapp.db import Model


class PictureForm(Model):
    """A picture in one form, made from another file of the media store."""

    __tablename__ = "picture_form"
    __table_args__ = (CheckConstraint("width > 0 AND height > 0", name="has_size"),)

    source_media: Mapped[str] = mapped_column(primary_key=True)
    form: Mapped[str] = mapped_column(primary_key=True)
    media: Mapped[str]
    bytes: Mapped[int]
    width: Mapped[int]
    height: Mapped[int]
