"""What programs read instead of people: the sitemap, the rules for robots, the podcasts."""

from flask import Blueprint, Response, render_template

from tourapp.stops.content import LANGUAGES, VARIANTS
from tourapp.stops.queries import list_translations
from tourapp.visit.found.podcast import get_podcast
from tourapp.visit.found.wording import site_description, site_title
from tourapp.visit.frame import kept
from tourapp.web.addresses import Addresses
from tourapp.web.context import current_resources

found = Blueprint("found", __name__)


@found.get("/sitemap.xml")
def sitemap() -> Response:
    """List every page in each of its languages, after sitemaps.org."""
    resources = current_resources()
    with resources.database.reading() as session:
        told = {variant: list_translations(session, variant=variant) for variant in VARIANTS}
    addresses = Addresses(resources.settings.public_url)
    body = render_template("visit/sitemap.xml", addresses=addresses, languages=LANGUAGES, told=told)
    return kept(Response(body, content_type="application/xml"))


@found.get("/robots.txt")
def robots() -> Response:
    """Let every robot in, and tell it where the sitemaps are."""
    addresses = Addresses(current_resources().settings.public_url)
    sitemaps = (addresses.sitemap(), addresses.sitemap_of_itineraries())
    body = "User-agent: *\nDisallow: /api/\n" + "".join(f"Sitemap: {url}\n" for url in sitemaps)
    return kept(Response(body, content_type="text/plain; charset=utf-8"))


@found.get(f"/<any({', '.join(LANGUAGES)}):lang>/podcast.xml")
def podcast(lang: str) -> Response:
    """Give every sound of a language to programs that play podcasts."""
    resources = current_resources()
    settings = resources.settings
    with resources.database.reading() as session:
        told = get_podcast(
            session,
            lang,
            engines=settings.engines,
            addresses=Addresses(settings.public_url),
        )
    body = render_template(
        "visit/podcast.xml",
        title=site_title(),
        description=site_description(),
        podcast=told,
    )
    return kept(Response(body, content_type="application/rss+xml; charset=utf-8"))
