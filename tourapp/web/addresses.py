"""Every address that a page or a document names, built in one place."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Addresses:
    """Addresses under a base: the public address for documents, nothing for pages."""

    base: str = ""

    def home(self, *, lang: str | None = None) -> str:
        """Return the home page with its keypad, in a language or in the phone's."""
        return f"{self.base}/" if lang is None else f"{self.base}/{lang}/"

    def constant_pages(self, *, lang: str) -> tuple[str, ...]:
        """Return the pages that there are in a language whatever stops are published."""
        return (
            self.home(lang=lang),
            self.stop_list(lang=lang),
            self.map(lang=lang),
            self.take_along(lang=lang),
            self.without_signal(lang=lang),
            self.accessibility(lang=lang),
            self.privacy(lang=lang),
        )

    def stop_page(self, slug: str, *, lang: str, variant: str = "standard") -> str:
        """Return the canonical page of a stop, told in full or in plain words."""
        way = "" if variant == "standard" else f"/{variant}"
        return f"{self.base}/{lang}/arrets/{slug}{way}"

    def stop_list(self, *, lang: str) -> str:
        """Return the page that lists stops, and searches among them."""
        return f"{self.base}/{lang}/arrets"

    def map(self, *, lang: str) -> str:
        """Return the page of the map."""
        return f"{self.base}/{lang}/carte"

    def take_along(self, *, lang: str) -> str:
        """Return the page on which the visit is taken along."""
        return f"{self.base}/{lang}/emporter"

    def without_signal(self, *, lang: str) -> str:
        """Return the page that stands in, without signal, for one that was not taken along."""
        return f"{self.base}/{lang}/hors-ligne"

    def manifest(self, *, lang: str) -> str:
        """Return what a phone reads before it keeps the visit among its applications."""
        return f"{self.base}/{lang}/application.webmanifest"

    def tour(self, slug: str, *, lang: str) -> str:
        """Return the API document of a tour that is taken along."""
        return f"{self.base}/api/v1/tours/{slug}/{lang}"

    def sign(self, code: str) -> str:
        """Return the page that a sign leads to, whatever its language."""
        return f"{self.base}/Q/{code}"

    def report(self, code: str, *, lang: str) -> str:
        """Return where a visitor tells that a sign is damaged."""
        return f"{self.base}/{lang}/signaler/{code}"

    def noticed(self, slug: str, *, lang: str) -> str:
        """Return what was noticed at a stop, and where a visitor says what they notice."""
        return f"{self.stop_page(slug, lang=lang)}/remarques"

    def noticed_thanks(self, slug: str, *, lang: str) -> str:
        """Return what a visitor reads who has said something."""
        return f"{self.noticed(slug, lang=lang)}/merci"

    def observations_of(self, slug: str) -> str:
        """Return the API document of what was noticed at a stop."""
        return f"{self.base}/api/v1/observations?stop={slug}"

    def podcast(self, *, lang: str) -> str:
        """Return the feed of the sounds of a language."""
        return f"{self.base}/{lang}/podcast.xml"

    def accessibility(self, *, lang: str) -> str:
        """Return the statement of how far everyone can use the site."""
        return f"{self.base}/{lang}/accessibilite"

    def privacy(self, *, lang: str) -> str:
        """Return the statement of what the site knows of its visitors."""
        return f"{self.base}/{lang}/confidentialite"

    def sitemap(self) -> str:
        """Return the list of all pages, for robots that search."""
        return f"{self.base}/sitemap.xml"

    def sitemap_of_itineraries(self) -> str:
        """Return the list of the pages of itineraries, for search engines."""
        return f"{self.base}/sitemap-itineraires.xml"

    def stops(self) -> str:
        """Return the API document that lists stops."""
        return f"{self.base}/api/v1/stops"

    def geojson(self, *, lang: str | None = None) -> str:
        """Return every stop as a point of a map, told in a language or in the first one."""
        return f"{self.stops()}.geojson{_wish(lang)}"

    def stop(self, slug: str, *, lang: str | None = None) -> str:
        """Return the API document of a stop, in a language or in the first one."""
        return f"{self.stops()}/{slug}{_wish(lang)}"

    def itinerary(self, slug: str) -> str:
        """Return the API document of an itinerary."""
        return f"{self.base}/api/v1/itineraries/{slug}"

    def road_book(self, slug: str) -> str:
        """Return an itinerary on paper, as everybody may read it."""
        return f"{self.itinerary(slug)}/roadbook.pdf"

    def itineraries(self, *, lang: str) -> str:
        """Return the page that lists the published itineraries."""
        return f"{self.base}/{lang}/itineraires"

    def itinerary_page(self, slug: str, *, lang: str) -> str:
        """Return the page of a published itinerary."""
        return f"{self.base}/{lang}/itineraires/{slug}"

    def halt_of_itinerary(self, slug: str, stop: str, *, lang: str) -> str:
        """Return where the page of an itinerary tells of a stop."""
        return f"{self.itinerary_page(slug, lang=lang)}#arret-{stop}"

    def itinerary_along(self, slug: str, *, lang: str) -> str:
        """Return the page on which an itinerary is taken along."""
        return f"{self.itinerary_page(slug, lang=lang)}/emporter"

    def unlisted_itinerary(self, secret: str, *, lang: str = "fr") -> str:
        """Return the page of an itinerary for whoever has its link."""
        return f"{self.base}/{lang}/itineraires/lien/{secret}"

    def walk(self, code: str) -> str:
        """Return the page on which a phone joins a led walk."""
        return f"{self.base}/m/{code}"

    def walks_calendar(self, secret: str) -> str:
        """Return the walks of a guide, as iCalendar for whoever has the link."""
        return f"{self.base}/api/v1/walks/calendar/{secret}.ics"

    def narration(self, slug: str, *, lang: str) -> str:
        """Return the API document of a stop's narration in a language."""
        return f"{self.stop(slug)}/narrations/{lang}"

    def preview(self, preview_id: str) -> str:
        """Return the API document of a text that is spoken before it is saved."""
        return f"{self.base}/api/v1/previews/{preview_id}"

    def sign_batch(self, batch_id: str) -> str:
        """Return the API document of signs that are printed together."""
        return f"{self.base}/api/v1/signs/batches/{batch_id}"

    def qr(self, slug: str, *, form: str) -> str:
        """Return the QR code of a stop's first sign, as `svg` or `png`."""
        return f"{self.stop(slug)}/qr.{form}"

    def media(self, name: str) -> str:
        """Return a media file, which never changes."""
        return f"{self.base}/media/{name}"

    def api_docs(self) -> str:
        """Return the page to try the API on."""
        return f"{self.base}/api/v1/docs"


def _wish(lang: str | None) -> str:
    return "" if lang is None else f"?lang={lang}"
