"""A change of the lexicon has spoken again exactly what it changes, and loses no sound."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select, text

from tests.narration.workshop import NOON, PLAIN, Workshop, add_second_stop, open_workshop
from tourapp.accounts.services import operator
from tourapp.errors import StaleError
from tourapp.narration import recipes
from tourapp.narration.editing import change_entry, create_entry, put_entry, remove_entry
from tourapp.narration.lexicon import Entry
from tourapp.narration.lexicon.store import get_entry_of, lock_lexicon
from tourapp.narration.models import Narration, Recipe
from tourapp.narration.wanting import want_narrations
from tourapp.publishing.services import publish_revision
from tourapp.resources import Resources
from tourapp.stops.models import Narrative, Revision
from tourapp.stops.services import get_narrative, get_revision, get_stop

BY = operator("tests", now=NOON)
FIRST = "Voici Loos.\n\nÉcoutez. Le terril de Loos-en-Gohelle."
SECOND = "Marchez. Les terrils d’Oignies."


@pytest.fixture
def pair(resources: Resources, tmp_path: Path) -> Workshop:
    """Two stops, spoken without any lexicon."""
    workshop = open_workshop(resources, tmp_path)
    workshop.publish(text=FIRST)
    add_second_stop(workshop, tmp_path, text=SECOND)
    workshop.renderer.render_due()
    workshop.espeak.spoken.clear()
    return workshop


def say(workshop: Workshop, written: str, said: str, *, lang: str = "fr", **more: str) -> int:
    """Add or change an entry, and return how many narrations that wants."""
    with workshop.resources.database.transaction() as session:
        parts = {"said": said, **more}
        voicing = workshop.voicing
        changed = put_entry(session, written, parts, lang=lang, by=BY, voicing=voicing)
    return changed.narrations_wanted


def forget(workshop: Workshop, written: str) -> int:
    with workshop.resources.database.transaction() as session:
        row = get_entry_of(session, written, lang="fr")
        tag, voicing = str(row.version), workshop.voicing
        changed = remove_entry(session, row.id, tag=tag, by=BY, voicing=voicing)
    return changed.narrations_wanted


def spoken_again(workshop: Workshop) -> list[str]:
    """Render what is wanted, and return the sentences that an engine was asked for."""
    workshop.espeak.spoken.clear()
    workshop.renderer.render_due()
    return workshop.espeak.spoken


@contextmanager
def untouched(workshop: Workshop, slug: str) -> Iterator[None]:
    """Show that the sound of a stop stays the same row of the same bytes."""

    def rows() -> list[tuple[object, ...]]:
        mine = (
            select(Narration.id, Narration.state, Narration.opus_media, Narration.rendered_at)
            .join(Revision, Revision.id == Narration.revision_id)
            .join(Narrative, Narrative.id == Revision.narrative_id)
            .order_by(Narration.id)
        )
        with workshop.resources.database.reading() as session:
            stop = get_stop(session, slug)
            return [*map(tuple, session.execute(mine.where(Narrative.stop_id == stop.id)))]

    before = rows()
    yield
    assert rows() == before


def test_an_added_entry_has_the_sentences_spoken_again_that_contain_it(pair: Workshop) -> None:
    with untouched(pair, "terril"):
        assert say(pair, "Oignies", "Ogni") == 1
        assert spoken_again(pair) == ["Les terrils d'Ogni."]


def test_a_changed_entry_has_its_sentences_spoken_again_and_no_other(pair: Workshop) -> None:
    say(pair, "Loos", "Losse")
    assert spoken_again(pair) == ["Voici Losse.", "Le terril de Losse-en-Gohelle."]
    with untouched(pair, "arret-2"):
        assert say(pair, "Loos", "Lôsse") == 1
        assert spoken_again(pair) == ["Voici Lôsse.", "Le terril de Lôsse-en-Gohelle."]


def test_a_removed_entry_leaves_its_sentences_to_the_rules_again(pair: Workshop) -> None:
    say(pair, "Oignies", "Ogni")
    spoken_again(pair)
    with untouched(pair, "terril"):
        assert forget(pair, "Oignies") == 1
        assert spoken_again(pair) == []
        assert pair.renderer.count_due() == 0


def test_a_sound_that_returns_is_heard_again(pair: Workshop) -> None:
    plain = pair.served()
    say(pair, "Loos", "Losse")
    pair.renderer.render_due()
    assert pair.served() != plain
    forget(pair, "Loos")
    pair.renderer.render_due()
    assert pair.served() == plain


def test_a_longer_entry_hides_a_shorter_one(pair: Workshop) -> None:
    say(pair, "Loos-en-Gohelle", "Losse en Goëlle")
    spoken_again(pair)
    assert say(pair, "Gohelle", "Goëlle") == 0
    assert say(pair, "Loos", "Losse") == 1
    assert spoken_again(pair) == ["Voici Losse."]


def test_capitals_and_optional_letters_are_found_and_other_words_are_not(pair: Workshop) -> None:
    assert say(pair, "terril(s)", "téri") == 2
    assert spoken_again(pair) == ["Le téri de Loos-en-Gohelle.", "Les téri d'Oignies."]
    assert [say(pair, word, "x") for word in ("LOOS", "Oigny", "err", "Goh", "Ecoutez")] == [0] * 5
    assert say(pair, "écoutez", "écoute") == 1


@pytest.mark.parametrize("written", ["100%_/", "a.b*c", "d'", "C++( club)"])
def test_signs_of_an_entry_match_themselves_alone(pair: Workshop, written: str) -> None:
    assert say(pair, f"x{written}", "mot") == 0
    pair.publish(text=f"Écoutez x{written.replace('(', '').replace(')', '')} !")
    assert say(pair, f"x{written}", "autre") == 1


def test_an_entry_of_another_language_changes_nothing(pair: Workshop) -> None:
    with untouched(pair, "terril"):
        assert say(pair, "Loos", "Loss", lang="en") == 0


def test_a_note_changes_nothing_that_is_heard(pair: Workshop) -> None:
    say(pair, "Loos", "Losse")
    spoken_again(pair)
    with untouched(pair, "terril"):
        assert say(pair, "Loos", "Losse", note="Le s s’entend.") == 0


def test_what_the_markup_hides_is_found(pair: Workshop) -> None:
    pair.publish(text="Le *ter*ril, et St-Vaast.")
    assert say(pair, "terril", "téri") == 1
    assert say(pair, "Saint-Vaast", "Saint-Va") == 1
    assert spoken_again(pair) == ["Le téri, et Saint-Va."]


def test_the_former_sound_stays_until_the_new_one_is_made(pair: Workshop) -> None:
    former = pair.served()
    served = []
    pair.espeak.meet = lambda _: served.append(pair.served())
    say(pair, "Loos", "Losse")
    assert pair.served() == former
    pair.renderer.render_due()
    assert set(served) == {former}
    assert pair.served() not in {former, None}


def test_every_engine_speaks_by_the_change(pair: Workshop) -> None:
    pair.voicing = replace(PLAIN, engines=("gtts", "espeak"))
    assert say(pair, "Oignies", "Ogni") == 2
    pair.renderer.render_due()
    assert "Les terrils d'Ogni." in pair.gtts.spoken


def test_a_change_while_a_clip_is_made_is_not_lost(pair: Workshop) -> None:
    pair.espeak.meet = lambda met: say(pair, "Loos", "Lôsse") if met == "Voici Losse." else None
    say(pair, "Loos", "Losse")
    assert spoken_again(pair)[-2:] == ["Voici Lôsse.", "Le terril de Lôsse-en-Gohelle."]
    assert pair.renderer.count_due() == 0


def test_what_waits_under_a_former_entry_is_forgotten(pair: Workshop) -> None:
    say(pair, "Loos", "Losse")
    say(pair, "Loos", "Lôsse")
    with pair.resources.database.reading() as session:
        recipes_of_the_text = select(Recipe.name).where(Recipe.revision_id == pair.first.id)
        present = set(session.scalars(recipes_of_the_text))
        mine = select(Narration.recipe).where(Narration.revision_id == pair.first.id)
        waiting = session.scalars(mine.where(Narration.state == "wanted")).all()
    assert len(waiting) == 1
    assert set(waiting) <= present


def test_a_worker_that_dies_after_a_change_loses_nothing(pair: Workshop) -> None:
    say(pair, "Oignies", "Ogni")
    with pair.resources.database.transaction() as session:
        session.execute(text("DELETE FROM narration WHERE state = 'wanted'"))
    assert spoken_again(pair) == ["Les terrils d'Ogni."]


def test_an_older_text_that_is_published_again_is_said_as_the_lexicon_says_now(
    pair: Workshop,
) -> None:
    pair.publish(text="Rien.")
    spoken_again(pair)
    assert say(pair, "Loos", "Losse") == 0
    with pair.resources.database.transaction() as session:
        narrative = get_narrative(session, get_stop(session, "terril"), lang="fr")
        older = get_revision(session, narrative, 2)
        publish_revision(session, narrative, older, voicing=pair.voicing, now=NOON)
    assert spoken_again(pair)[0] == "Voici Losse."


def test_another_version_of_the_pipeline_follows_a_change_too(pair: Workshop) -> None:
    pair.voicing = replace(PLAIN, version=102)
    pair.renderer.render_due()
    assert say(pair, "Oignies", "Ogni") == 1
    spoken_again(pair)
    pair.voicing = PLAIN
    pair.renderer.render_due()
    assert pair.espeak.spoken == ["Les terrils d'Ogni."]


def test_a_text_published_during_a_change_is_said_by_it(pair: Workshop) -> None:
    with ThreadPoolExecutor(1) as pool:
        with pair.resources.database.transaction() as session:
            lock_lexicon(session)
            publishing = pool.submit(pair.publish, text="Vive Lens.")
            create_entry(session, Entry("Lens", "fr", "Lance"), by=BY, voicing=pair.voicing)
        publishing.result()
    assert spoken_again(pair) == ["Vive Lance."]


def test_changes_at_once_are_all_heard(pair: Workshop) -> None:
    forms = ["Loos", "terril(s)", "Oignies", "Gohelle"]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda form: say(pair, form, "mot"), forms))
    assert sorted(spoken_again(pair)) == [
        "Le mot de mot-en-mot.",
        "Les mot d'mot.",
        "Voici mot.",
    ]


def test_nobody_changes_what_changed_meanwhile(pair: Workshop) -> None:
    say(pair, "Loos", "Losse")
    with pair.resources.database.transaction() as session:
        row = get_entry_of(session, "Loos", lang="fr")
        tag = str(row.version)
        change_entry(session, row.id, {"said": "A"}, tag=tag, by=BY, voicing=pair.voicing)
        with pytest.raises(StaleError):
            change_entry(session, row.id, {"said": "B"}, tag=tag, by=BY, voicing=pair.voicing)


def test_a_change_is_followed_by_ten_thousand_texts_at_once(pair: Workshop) -> None:
    with pair.resources.database.transaction() as session:
        first = session.get_one(Revision, pair.first.id)
        given = {key: getattr(first, key) for key in Revision.__mapper__.columns.keys()}  # noqa: SIM118 -- no dict
        numbers = range(first.id + 100, first.id + 10_100)
        session.execute(insert(Revision), [given | {"id": at, "number": at} for at in numbers])
        recipe = {"version": PLAIN.version, "sought": "Vive Lens.", "heard": "", "name": ""}
        session.execute(insert(Recipe), [recipe | {"revision_id": at} for at in numbers])
    unmoved = select(func.count()).select_from(Recipe).where(Recipe.name == "")
    counts = []
    for written in ("Wingles", "Lens"):
        say(pair, written, "mot")
        with pair.resources.database.reading() as session:
            counts.append(session.scalar(unmoved))
    assert counts == [10_000, 0]


def test_texts_that_were_never_read_are_read_a_part_at_a_time(
    pair: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recipes, "BATCH", 1)
    later = replace(PLAIN, version=103)
    with pair.resources.database.transaction() as session:
        assert not want_narrations(session, later, now=NOON)
    pair.voicing = later
    assert pair.renderer.count_due() == 2
