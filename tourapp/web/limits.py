"""Limits per address, so that nobody takes the service from the others; no address is kept."""

import hashlib
from collections.abc import Callable, Collection, Sequence
from http import HTTPStatus
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any

from flask import Blueprint, Flask, Response, request
from flask_limiter import ApplicationLimit, Limiter
from werkzeug.middleware.proxy_fix import ProxyFix

# A class of 35 phones behind one address, each asking for a page or a document every two seconds.
# One address takes some hundredths of what two cores answer.
REQUESTS = "1200 per minute"

# Whoever tries tokens; a program that still holds an old one soon knows.
FAILED_TOKENS = "30 per minute"

# Whoever tries codes of walks: so few that none is found by chance.
UNKNOWN_CODES = "20 per minute"

# What people without an account may leave here: whoever walks past so many signs walks for hours.
OPEN_POSTS = "20 per minute"

_TOO_MANY = "too many requests from one address; try again in a minute"

# A visitor does not wait for a Redis that is away: each process then counts for itself.
_REDIS_PATIENCE_S = 0.25

_IPV6_CUSTOMER_BITS = 64


def register_proxies(app: Flask, *, trusted: int) -> None:
    """Take the caller's address from what the nearest `trusted` proxies say of it.

    Nothing else is taken from them: the public address is a setting.
    """
    proxied = ProxyFix(app.wsgi_app, x_for=trusted, x_proto=0, x_host=0, x_port=0, x_prefix=0)
    app.wsgi_app = proxied  # type: ignore[method-assign] # Flask's own way


def register_limits(  # noqa: PLR0913 -- each is what one limit needs to know
    app: Flask,
    url: str,
    *,
    unlimited: Sequence[Blueprint],
    open_posts: Collection[str] = (),
    by_code: Collection[str] = (),
    requests: str = REQUESTS,
    failed_tokens: str = FAILED_TOKENS,
) -> None:
    """Answer 429 to an address that asks for too much, and tell it when to come back.

    `url` says where it is counted: `memory://`, in each process, or `redis://…`, together.
    `open_posts` are the endpoints at which somebody without an account leaves something, `by_code`
    those that a code opens which somebody may try to guess.
    Static files and the blueprints of `unlimited` are left out, and so is the machine itself: a
    proxy on it that no setting tells of would else share one count between all visitors.
    """
    names = {blueprint.name for blueprint in unlimited}

    def is_unlimited() -> bool:
        return request.blueprint in names

    limiter = Limiter(
        lambda: _pseudonym(_customer(), secret_key=str(app.config["SECRET_KEY"])),
        app=app,
        application_limits=[
            _request_limit(requests, is_unlimited),
            _failed_token_limit(failed_tokens, is_unlimited),
            _open_post_limit(open_posts),
            _unknown_code_limit(by_code),
        ],
        storage_uri=url,
        storage_options=_redis_options() if url.startswith("redis") else {},
        strategy="fixed-window",
        request_identifier=lambda: request.endpoint or "unknown",
        in_memory_fallback_enabled=True,
        swallow_errors=True,
    )
    _tell_when_to_come_back(app, limiter)


def _tell_when_to_come_back(app: Flask, limiter: Limiter) -> None:
    @app.after_request
    def add_retry_after(response: Response) -> Response:
        met = limiter.current_limit
        if met is not None and met.breached:
            response.headers["Retry-After"] = str(met.limit.get_expiry())
        return response


def _redis_options() -> dict[str, Any]:
    from redis.backoff import NoBackoff  # noqa: PLC0415 -- no weight where there is no Redis
    from redis.retry import Retry  # noqa: PLC0415

    return {
        "socket_connect_timeout": _REDIS_PATIENCE_S,
        "socket_timeout": _REDIS_PATIENCE_S,
        "retry": Retry(NoBackoff(), 0),
    }


def _request_limit(most: str, is_unlimited: Callable[[], bool]) -> ApplicationLimit:
    return ApplicationLimit(
        most,
        scope="requests",
        error_message=_TOO_MANY,
        exempt_when=lambda: is_unlimited() or _is_this_machine(),
    )


def _failed_token_limit(most: str, is_unlimited: Callable[[], bool]) -> ApplicationLimit:
    return ApplicationLimit(
        most,
        scope="failed tokens",
        error_message=_TOO_MANY,
        exempt_when=lambda: is_unlimited() or "Authorization" not in request.headers,
        deduct_when=lambda response: response.status_code == HTTPStatus.UNAUTHORIZED,
    )


def _open_post_limit(open_posts: Collection[str]) -> ApplicationLimit:
    return ApplicationLimit(
        OPEN_POSTS,
        scope="open posts",
        error_message=_TOO_MANY,
        exempt_when=lambda: request.endpoint not in open_posts or _is_this_machine(),
    )


def _unknown_code_limit(by_code: Collection[str]) -> ApplicationLimit:
    return ApplicationLimit(
        UNKNOWN_CODES,
        scope="unknown codes",
        error_message=_TOO_MANY,
        exempt_when=lambda: request.endpoint not in by_code or _is_this_machine(),
        deduct_when=lambda response: response.status_code == HTTPStatus.NOT_FOUND,
    )


def _address() -> IPv4Address | IPv6Address | None:
    """Return the caller's address; a proxy may have said anything, such as "unknown"."""
    try:
        address = ip_address(request.remote_addr or "")
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _is_this_machine() -> bool:
    address = _address()
    return address is not None and address.is_loopback


def _customer() -> str:
    """Return who is counted as one: an IPv4 address, or the network that an IPv6 customer has."""
    address = _address()
    if isinstance(address, IPv6Address):
        return str(ip_network((int(address), _IPV6_CUSTOMER_BITS), strict=False))
    return str(address)


def _pseudonym(customer: str, *, secret_key: str) -> str:
    # Neither a Redis nor a log line holds an address; what stands there means nothing elsewhere.
    key = hashlib.sha256(secret_key.encode()).digest()
    return hashlib.blake2b(customer.encode(), key=key, digest_size=16).hexdigest()
