"""The small grammar of lists: names, what is said of them, and brackets in the wrong place."""

import pytest

from minutes_nlp.extraction.attendance_brackets import find_brackets
from minutes_nlp.extraction.attendance_entries import read_entries
from minutes_nlp.extraction.attendance_names import Kind, is_abbreviation_of, kind_of, strip_titles
from minutes_nlp.extraction.attendance_words import Cue, fold, read_cue, role_of, status_of
from minutes_nlp.spans import CharSpan


def _all(text: str) -> CharSpan:
    return CharSpan(0, len(text))


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("An (Ham), Bo (Veldham)", ["Ham", "Veldham"]),
        ("An (Zone (Oost))", ["Zone (Oost)"]),
        ("(An (Ham), Bo", ["Ham"]),
        ("An (Ham, Bo (Veldham)", ["Ham", "Veldham"]),
        ("An Ham), Bo (Veldham)", ["Veldham"]),
        ("An (Ham", ["Ham"]),
        ("An )Ham), Bo", ["Ham"]),
        ("An, Bo", []),
    ],
)
def test_brackets(text: str, inner: list[str]) -> None:
    assert [bracket.inner.text(text) for bracket in find_brackets(text, _all(text))] == inner


@pytest.mark.parametrize(
    ("text", "one", "expected"),
    [
        ("Lotte Wouters, Karim Benali", False, [("Lotte Wouters", None), ("Karim Benali", None)]),
        ("Lotte Wouters, Veldham", True, [("Lotte Wouters", "Veldham")]),
        (
            "Lotte Wouters, Karim Benali, Nora Smets",
            True,
            [("Lotte Wouters", None), ("Karim Benali", None), ("Nora Smets", None)],
        ),
        ("Lotte en Karim (Veldham)", False, [("Lotte", "Veldham"), ("Karim", "Veldham")]),
        (
            "Stad Ham – Lotte Wouters, Karim Benali",
            False,
            [("Lotte Wouters", "Stad Ham"), ("Karim Benali", "Stad Ham")],
        ),
        (
            "Stad Ham (Lotte Wouters, Karim Benali)",
            False,
            [("Lotte Wouters", "Stad Ham"), ("Karim Benali", "Stad Ham")],
        ),
        ("Lotte Wouters ANSC", True, [("Lotte Wouters", "ANSC")]),
        ("Lotte Wouters (LWO)", False, [("Lotte Wouters", None)]),
        ("Geoffrey Baert (Jeff)", False, [("Geoffrey Baert", None)]),
        ("Prof. Lotte Wouters; mevr. Nora Smets", False, [("Lotte Wouters", None), ("Nora Smets", None)]),
        ("", False, []),
    ],
)
def test_entries(text: str, one: bool, expected: list[tuple[str, str | None]]) -> None:
    entries = read_entries(text, _all(text), one=one)
    assert [(e.name.text(text), e.organisation.text(text) if e.organisation else None) for e in entries] == expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Lotte van der Wal", Kind.PERSON),
        ("J.P. Wolthuis", Kind.PERSON),
        ("EL FASSI Soukaïna", Kind.PERSON),
        ("Koenraad Bulens", Kind.PERSON),
        ("OCMW Hazel", Kind.ORGANISATION),
        ("Huis van het Kind", Kind.ORGANISATION),
        ("RVDK", Kind.ACRONYM),
        ("Zwieper", Kind.NAMELIKE),
        ("hilde", Kind.LOWER),
        ("te laat", Kind.STATUS),
        ("tot 21.15 uur", Kind.NOTE),
        ("schepen", Kind.FUNCTION),
        ("présidente de séance", Kind.ROLE),
        ("iedereen", Kind.NOBODY),
        ("", Kind.OTHER),
    ],
)
def test_kinds(text: str, kind: Kind) -> None:
    assert kind_of(text) is kind


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("De heer / Monsieur Erik Lemmens", "Erik Lemmens"),
        ("Mmes et MM. Sabine THIRION", "Sabine THIRION"),
        ("prof. dr. Walter Maes", "Walter Maes"),
        ("Marie Maes", "Marie Maes"),
    ],
)
def test_titles_are_no_part_of_the_name(text: str, name: str) -> None:
    assert strip_titles(text, _all(text)).text(text) == name


@pytest.mark.parametrize(
    ("label", "cue"),
    [
        ("Aanwezig", Cue("people", "present")),
        ("Membres du comité présents", Cue("people", "present")),
        ("Afwezig met kennisgeving", Cue("people", "excused")),
        ("Absents non excusés", Cue("people", "absent")),
        ("Présents ou représentés", Cue("people", "present")),
        ("Présent.e.s", Cue("people", "present")),
        ("Notulist", Cue("people", "present", "secretary")),
        ("Voorzitter van de raad", Cue("people", "present", "chair")),
        ("Leden", Cue("group")),
        ("Kopie aan", Cue("elsewhere")),
        ("Datum", Cue("metadata")),
        ("Betekenis van een lerend netwerk voor de deelnemers", None),
        ("Presentatie van het plan", None),
        ("", None),
    ],
)
def test_labels(label: str, cue: Cue | None) -> None:
    assert read_cue(label) == cue


def test_folding_keeps_the_length() -> None:
    assert fold("Été ŒUVRE ﬁ straße") == "ete œuvre ﬁ straße".replace("ﬁ", fold("ﬁ"))
    assert all(len(fold(character)) == 1 for character in map(chr, range(0x20, 0x2FF)))


def test_the_weightiest_word_gives_the_status() -> None:
    assert status_of("afwezig, verontschuldigd") == "excused"
    assert status_of("absent sans excuse") == "absent"
    assert status_of("lid") is None


def test_a_role_is_nothing_more_than_that() -> None:
    assert role_of("voorzitter") == "chair"
    assert role_of("voorzitter van de sportraad Veldham") is None


def test_abbreviations_of_a_name() -> None:
    assert is_abbreviation_of("PPK", "Peter-Paul Koster")
    assert not is_abbreviation_of("VNG", "Peter-Paul Koster")
