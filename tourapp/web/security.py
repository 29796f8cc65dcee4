"""What protects every answer, after the OWASP Secure Headers project's list."""

from http import HTTPStatus
from urllib.parse import urlsplit

from flask import Flask, Response, abort, request

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; base-uri 'none'; connect-src 'self'; font-src 'self';"
    " form-action 'self'; frame-ancestors 'none'; img-src 'self' data:; manifest-src 'self';"
    " media-src 'self'; script-src 'self'; style-src 'self'"
)

_IMAGES = "img-src 'self' data:"

_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(self), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Permitted-Cross-Domain-Policies": "none",
}

_OPEN_PREFIXES = ("/api/", "/media/")

# The longest narrative there may be, many times over.
LONGEST_BODY_BYTES = 1_000_000


def register_security(app: Flask, *, public_url: str) -> None:
    """Add the headers to every answer, HSTS only where the site is served over TLS.

    A body that is too long and an address with a null character are refused.
    """
    app.config["MAX_CONTENT_LENGTH"] = LONGEST_BODY_BYTES

    @app.before_request
    def refuse_null() -> None:
        # PostgreSQL takes none in a text, and no address of ours has one.
        if "\0" in request.path or b"%00" in request.query_string:
            abort(HTTPStatus.BAD_REQUEST, "an address holds no null character")

    @app.after_request
    def protect(response: Response) -> Response:
        for name, value in protection(request.path, public_url=public_url).items():
            response.headers.setdefault(name, value)
        return response


def policy_with_images_of(url: str) -> str:
    """Return the policy of a page that may show pictures of one other site, and nothing else."""
    origin = "{0.scheme}://{0.netloc}".format(urlsplit(url))
    return CONTENT_SECURITY_POLICY.replace(_IMAGES, f"{_IMAGES} {origin}")


def protection(path: str, *, public_url: str) -> dict[str, str]:
    """Return the headers that protect the answer at a path."""
    headers = dict(_HEADERS)
    if path.startswith(_OPEN_PREFIXES):
        headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    if public_url.startswith("https://"):
        headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    return headers
