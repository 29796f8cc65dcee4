"""Photographs of signs: taken in, then named."""

from typing import IO

from sqlalchemy.orm import Session

from tourapp.accounts.services import Actor, record
from tourapp.errors import ConflictError, NotFoundError
from tourapp.media import MediaStore
from tourapp.pictures.intake import TakenIn, take_in
from tourapp.signage.models import Sign, SignPhoto
from tourapp.signage.services import get_sign

MOST_A_SIGN = 12

_WIDEST_PX = 1600


def keep_photo(media: MediaStore, given: IO[bytes]) -> TakenIn:
    """Keep a photograph as a JPEG of at most 1600 pixels in width; raises as `take_in` does."""
    return take_in(given, media, widest_px=_WIDEST_PX)


def add_photo(session: Session, typed: str, kept: TakenIn, *, by: Actor) -> Sign:
    """Give a sign a photograph that is kept; the same one again changes nothing.

    Raises UnknownSignError, or ConflictError where it has as many as it may.
    """
    sign = get_sign(session, typed)
    session.refresh(sign, with_for_update=True)
    if kept.media in {photo.media for photo in sign.photos}:
        return sign
    if len(sign.photos) >= MOST_A_SIGN:
        message = f"sign {sign.code} has {MOST_A_SIGN} photographs: remove one first"
        raise ConflictError(message)
    photo = SignPhoto(
        media=kept.media,
        bytes=kept.bytes,
        width=kept.width,
        height=kept.height,
        added_by=by.who,
        added_at=by.at,
    )
    sign.photos.append(photo)
    record(session, by, "sign.photo.add", sign.code, media=kept.media)
    # Its id is how one asks for its removal.
    session.flush()
    return sign


def remove_photo(session: Session, typed: str, photo_id: int, *, by: Actor) -> None:
    """Take a photograph from a sign; `tourapp media collect` removes its file. NotFoundError."""
    sign = get_sign(session, typed)
    photo = session.get(SignPhoto, photo_id)
    if photo is None or photo.sign_id != sign.id:
        message = f"sign {sign.code} has no photograph {photo_id}"
        raise NotFoundError(message)
    session.delete(photo)
    record(session, by, "sign.photo.remove", sign.code, media=photo.media)
