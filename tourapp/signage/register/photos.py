"""Photographs of signs: decoded, made small and bare, kept in the media store, then named."""

from sqlalchemy.orm import Session

from tourapp.accounts.services import Actor, record
from tourapp.errors import ConflictError, NotFoundError
from tourapp.media import MediaStore
from tourapp.pictures.forms import Made, make_form
from tourapp.pictures.reading import measure_photograph
from tourapp.signage.models import Sign, SignPhoto
from tourapp.signage.services import get_sign

MOST_A_SIGN = 12

_WIDEST = 1600


def keep_photo(media: MediaStore, content: bytes) -> tuple[str, Made]:
    """Keep a photograph as a JPEG of at most 1600 pixels in width, and return its name with it.

    Nothing of when, where and by what it was taken is kept. Raises InvalidError for what is no
    whole picture, or more than 20 MB or 40 megapixels.
    """
    _, width, _ = measure_photograph(content)
    made = make_form(content, f"jpg-{min(width, _WIDEST)}", is_drawing=False)
    return media.put(made.content, suffix=made.suffix), made


def add_photo(session: Session, typed: str, name: str, made: Made, *, by: Actor) -> Sign:
    """Give a sign a photograph that is kept; the same one again changes nothing.

    Raises UnknownSignError, or ConflictError where it has as many as it may.
    """
    sign = get_sign(session, typed)
    session.refresh(sign, with_for_update=True)
    if name in {photo.media for photo in sign.photos}:
        return sign
    if len(sign.photos) >= MOST_A_SIGN:
        message = f"sign {sign.code} has {MOST_A_SIGN} photographs: remove one first"
        raise ConflictError(message)
    photo = SignPhoto(
        media=name,
        bytes=len(made.content),
        width=made.width,
        height=made.height,
        added_by=by.who,
        added_at=by.at,
    )
    sign.photos.append(photo)
    record(session, by, "sign.photo.add", sign.code, media=name)
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
