"""When two names may be one person's: order, titles, particles, accents, hyphens, one letter."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minutes_nlp.resolution.names import Fit, fit, person_name

SAME = [
    ("Mira Tolhuis", "TOLHUIS Mira"),
    ("Mira Tolhuis", "Tolhuis, Mira"),
    ("Mira Tolhuis", "Tolhuis | Mira"),
    ("Mira Tolhuis", "mevr. Mira Tolhuis"),
    ("Mira Tolhuis", "Mira [Tolhuis]"),
    ("Mira Tolhuis", "Mira <b>Tolhuis</b>"),
    ("Hélène Lecœur", "HELENE LECOEUR"),
    ("Karel Van den Bussel", "VandenBussel Karel"),
    ("Sem van Voorst", "Voorst, Sem van"),
    ("Lien D'Hooge", "D’hooge Lien"),
    ("Linde vd Beek", "Linde van den Beek"),
    ("Jean-Luc Ferrand", "Jean Luc Ferrand"),
    ("Francine Sadi-Tolbec", "Francine Sadi Tolbec"),
    ("Ilias El Mansour", "Ilias Elmansour"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_these_are_one_name(one: str, other: str) -> None:
    assert fit(person_name(one), person_name(other)) is Fit.EQUAL
    assert fit(person_name(other), person_name(one)) is Fit.EQUAL


@pytest.mark.parametrize(
    ("short", "full", "how"),
    [
        ("Mira", "Mira Tolhuis", Fit.PART),
        ("mevr. Tolhuis", "Mira Tolhuis", Fit.PART),
        ("mevr. Tolhuiss", "Mira Tolhuis", Fit.PART),
        ("Van Hulle", "Alexis Van Hulle", Fit.PART),
        ("Hulle", "Alexis Van Hulle", Fit.PART),
        ("Mme De Kroon", "Jolien De Kroon", Fit.PART),
        ("Eladio Ferreira", "Eladio Ferreira Da Costa", Fit.PART),
        ("Da Costa", "Eladio Ferreira Da Costa", Fit.PART),
        ("Francine Sadi", "Francine Sadi-Tolbec", Fit.PART),
        ("Marie-Paule", "Marie-Paule Kommer", Fit.PART),
        ("L. Tolhuis", "Lisa Tolhuis", Fit.INITIALS),
        ("Sander V.H.", "Sander Van Hulle", Fit.INITIALS),
        ("Félix V", "Félix Vandamme", Fit.INITIALS),
        ("Wouter Tolhuis", "Wouter Tolhuiss", Fit.SPELLING),
        ("Thijs Reygersbosch", "Thijs Reijgersbosch", Fit.SPELLING),
        ("Kees Trautwijn", "Kees Trautwein", Fit.SPELLING),
        ("Syb Lambrix", "Sybren Lambrix", Fit.SPELLING),
    ],
)
def test_a_short_or_misspelt_name_fits_the_whole_one(short: str, full: str, how: Fit) -> None:
    assert fit(person_name(short), person_name(full)) is how


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Marie", "Anne-Marie Kommer"),  # a double first name is one
        ("Mira Tolhuis", "Sofie Tolhuis"),
        ("Jan Tolhuis", "Jana Tolhuis"),  # three letters are too few to misspell
        ("Julie", "Julien"),
        ("Tolhus", "Mira Tolhuizen"),
        ("Martine", "Jan Martin"),  # a first name
        ("Marie A.", "Marie D."),
        ("A. Tolhuis", "Lisa Tolhuis"),
        ("Koen Kivits", "Koen Willems"),
        ("Wout Lambrix", "Wouter Lambrix"),  # both are first names
        ("mevr.", "Mira Tolhuis"),
        ("…", "Mira Tolhuis"),
    ],
)
def test_these_do_not_fit(one: str, other: str) -> None:
    assert fit(person_name(one), person_name(other)) is Fit.NONE


def test_two_first_names_one_letter_apart_are_only_alike() -> None:
    assert fit(person_name("Maria Lambrix"), person_name("Marie Lambrix")) is Fit.LIKE


def test_a_title_alone_stays_a_name() -> None:
    assert person_name("Kapitein").words == ("kapitein",)


@settings(deadline=None)
@given(st.text(max_size=40), st.text(max_size=40))
def test_any_two_texts_can_be_compared_and_equality_is_mutual(one: str, other: str) -> None:
    first, second = person_name(one), person_name(other)
    assert (fit(first, second) is Fit.EQUAL) == (fit(second, first) is Fit.EQUAL)
    if first.words:
        assert fit(first, first) is Fit.EQUAL
