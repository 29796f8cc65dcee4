import pytest
from marshmallow import ValidationError

from tourapp.stops.queries import StopQuery
from tourapp.visit.schemas import LanguageQuerySchema, StopQuerySchema


def test_a_query_without_wishes_asks_for_every_stop_in_french() -> None:
    assert StopQuerySchema().load({}) == StopQuery(lang="fr", words="", near=None)


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("50.443,2.778", (50.443, 2.778)),
        (" 50.443 , 2.778 ", (50.443, 2.778)),
        ("-90,180", (-90, 180)),
        ("90,-180", (90, -180)),
        ("0,0", (0, 0)),
    ],
)
def test_a_place_is_a_latitude_and_a_longitude(typed: str, near: tuple[float, float]) -> None:
    assert StopQuerySchema().load({"near": typed}).near == near


@pytest.mark.parametrize("typed", ["", ",", "50", "north,east", "90.1,0", "0,180.1", "1e400,0"])
def test_anything_else_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(ValidationError, match=r"near.*such as 50\.443,2\.778"):
        StopQuerySchema().load({"near": typed})


@pytest.mark.parametrize("lang", ["fr", "en", "nl", "de"])
def test_a_language_is_one_that_narratives_are_written_in(lang: str) -> None:
    assert LanguageQuerySchema().load({"lang": lang}) == {"lang": lang}
