"""A line that announces a list of actions may give the deadline of all; a year that the text belies does not count."""

import pytest

from minutes_nlp.pipeline import build_pipeline
from minutes_nlp.reading import read_content

HEAD = "# Verslag van de werkgroep\n\nDatum: 13 maart 2024\n\nAanwezig: An Claes, Bram Devos\n\n## Actiepunten\n\n"


def deadlines(text: str) -> list[tuple[str | None, str | None]]:
    """The value of the deadline of each action that An or Bram has, and the words that give it."""
    record = build_pipeline().process(read_content(text.encode(), name="verslag.md"))
    dues = [action.due for action in record.actions if action.owners]
    return [(due.value, due.evidence.quote) if due else (None, None) for due in dues]


@pytest.mark.parametrize(
    ("listed", "wanted"),
    [
        ("Te doen tegen vrijdag:\n\n- An belt de bank\n", ("2024-03-15", "tegen vrijdag")),
        (
            "Te doen tegen vrijdag:\n\n- An belt de bank vóór 2 mei\n",
            ("2024-05-02", "vóór 2 mei"),
        ),  # its own comes first
        ("Te doen:\n\n- An belt de bank\n", (None, None)),
    ],
)
def test_an_item_without_a_deadline_has_that_of_the_line_above_its_list(
    listed: str, wanted: tuple[str | None, str | None]
) -> None:
    assert deadlines(HEAD + listed) == [wanted]


def test_a_slip_in_the_printed_year_moves_no_deadline() -> None:
    slip = HEAD.replace("13 maart 2024", "13 maart 2023")
    text = slip + "- An belt de bank tegen vrijdag 29 maart\n- Bram stuurt de begroting van 2024 naar An vóór 2 mei\n"
    assert [value for value, _ in deadlines(text)] == ["2024-03-29", "2024-05-02"]
