"""A sound that is heard is told once as begun and once as heard to its end, and not by whom."""

from typing import Any

from playwright.sync_api import Page, Request


def told_by(page: Page) -> list[Any]:
    """Return what the page tells, as it comes to be told."""
    told: list[Any] = []

    def note(request: Request) -> None:
        if request.url.endswith("/api/v1/plays"):
            assert request.all_headers().get("cookie") is None
            told.append(request.post_data_json)

    page.on("request", note)
    return told


def test_a_play_counts_once_and_so_does_a_whole_one(page: Page) -> None:
    told = told_by(page)
    page.goto("/fr/arrets/arret-12")
    page.evaluate(
        """async () => {
            const audio = document.querySelector(".player audio");
            const once = { once: true };
            const end = () => new Promise((done) => audio.addEventListener("ended", done, once));
            audio.playbackRate = 16;
            for (let turn = 0; turn < 2; turn += 1) {
                const ended = end();
                await audio.play();
                audio.pause();
                await audio.play();
                await ended;
            }
        }"""
    )
    here = {"stop": "arret-12", "lang": "fr"}
    assert told == [here | {"kind": "play"}, here | {"kind": "whole_play"}]


def test_who_jumps_to_the_end_has_not_heard_it(page: Page) -> None:
    told = told_by(page)
    page.goto("/fr/arrets/arret-12")
    page.evaluate(
        """async () => {
            const audio = document.querySelector(".player audio");
            const ended = new Promise((done) => audio.addEventListener("ended", done));
            await audio.play();
            audio.currentTime = audio.duration - 0.2;
            await ended;
        }"""
    )
    assert [each["kind"] for each in told] == ["play"]
