"""Two texts compared word by word."""

import pytest

from tourapp.staff.differences import differences


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("le chat dort", "le chien dort", "le <del>chat</del><ins>chien</ins> dort"),
        ("le chat", "le chat dort", "le chat<ins> dort</ins>"),
        ("le chat dort", "le chat", "le chat<del> dort</del>"),
        ("un\n\ndeux", "un\n\ndeux", "un\n\ndeux"),
        ("", "<b>", "<ins>&lt;b&gt;</ins>"),
        (
            "Ici, le soleil passe un examen tous les jours.",
            "Un champ de panneaux sur un carreau de mine.",
            (
                "<del>Ici, le soleil passe un examen tous les jours</del>"
                "<ins>Un champ de panneaux sur un carreau de mine</ins>."
            ),
        ),
        (
            "un\ndeux\ntrois",
            "1\ndeux\n3",
            "<del>un</del><ins>1</ins>\ndeux\n<del>trois</del><ins>3</ins>",
        ),
        ("l’église", "l’école", "l’<del>église</del><ins>école</ins>"),
    ],
)
def test_words_are_told_that_came_and_went(before: str, after: str, told: str) -> None:
    assert str(differences(before, after)) == told
