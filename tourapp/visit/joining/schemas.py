"""What a phone tells of itself: a number that it drew."""

from marshmallow import Schema, fields, validate


class PhoneSchema(Schema):
    """A number of 128 bits, drawn for this walk alone and kept on the phone."""

    phone = fields.String(required=True, validate=validate.Regexp(r"[0-9a-f]{32}\Z"))
