"""Fields that several parts of the API take."""

from marshmallow import ValidationError, fields

_MOST_LATITUDE = 90
_MOST_LONGITUDE = 180


class CoordinatesField(fields.Field[tuple[float, float]]):
    """A place as one writes it in an address, `latitude,longitude` in degrees."""

    def _deserialize(self, value: str, *_: object, **__: object) -> tuple[float, float]:
        message = "Expected latitude,longitude in degrees, such as 50.443,2.778."
        try:
            latitude, longitude = (float(part) for part in value.split(","))
        except ValueError:
            raise ValidationError(message) from None
        if not (abs(latitude) <= _MOST_LATITUDE and abs(longitude) <= _MOST_LONGITUDE):
            raise ValidationError(message)
        return latitude, longitude
