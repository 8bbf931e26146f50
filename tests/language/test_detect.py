"""The language of lines, short ones above all; sentences are invented."""

import random

import pytest

from minutes_nlp.language import UNKNOWN, LanguageDetector, detector


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Goedkeuring van het vorige verslag", "nl"),
        ("Stand van zaken", "nl"),
        ("Wie doet wat?", "nl"),
        ("Approbation du procès-verbal", "fr"),
        ("Tour de table", "fr"),
        ("Rien à signaler", "fr"),
        ("Any other business", "en"),
        ("Apologies for absence", "en"),
        ("Genehmigung der Tagesordnung", "de"),
        ("Wahl des Vorstands", "de"),
        ("GOEDKEURING VAN DE BEGROTING", "nl"),
        ("APPROBATION DES COMPTES DE L'EXERCICE", "fr"),
    ],
)
def test_short_lines_are_told_by_themselves(text: str, language: str) -> None:
    assert detector().guess(text).language == language


@pytest.mark.parametrize("text", ["", "  ", "12/05/2024 - 14:00", "https://example.org/vergadering", "***", "→ 3"])
def test_text_without_words_has_no_language(text: str) -> None:
    assert detector().guess(text).language == UNKNOWN


def test_a_line_that_says_little_takes_the_language_of_its_document() -> None:
    dutch = [
        "De voorzitter opent de vergadering en heet iedereen welkom.",
        "Budget 2024",
        "De lijst wordt rondgestuurd.",
    ]
    french = ["Le président ouvre la séance et salue tout le monde.", "Budget 2024", "La liste sera envoyée à tous."]
    assert [guess.language for guess in detector().detect(dutch)] == ["nl", "nl", "nl"]
    assert [guess.language for guess in detector().detect(french)] == ["fr", "fr", "fr"]


def test_a_full_sentence_keeps_its_language_in_a_document_of_another() -> None:
    texts = ["De voorzitter opent de vergadering en heet iedereen van harte welkom."] * 8
    texts.append("Le président souhaite la bienvenue à tous les membres du comité.")
    assert detector().detect(texts)[-1].language == "fr"


def test_guesses_do_not_depend_on_what_was_asked_before() -> None:
    texts = ["Rondvraag", "Divers et clôture", "Next steps", "Verschiedenes", "Varia", "Point presse"]
    first = {text: detector().guess(text) for text in texts}
    random.Random(1).shuffle(texts)
    assert {text: LanguageDetector().guess(text) for text in texts} == first


def test_only_the_candidates_are_guessed() -> None:
    assert LanguageDetector(["fr", "nl"]).guess("The minutes of the meeting are approved.").language in {
        "fr",
        "nl",
        UNKNOWN,
    }


def test_probabilities_lie_between_0_and_1() -> None:
    for text in ("Varia", "De notulen worden goedgekeurd.", "x", "1"):
        assert 0.0 <= detector().guess(text).probability <= 1.0
