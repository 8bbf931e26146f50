"""The notation of the word lists, and what every language must bring."""

import re
from pathlib import Path

import pytest

from minutes_nlp.errors import LanguageError, ResourceError
from minutes_nlp.resources import languages, lexicon, phrases, section, themes


@pytest.mark.parametrize(
    ("phrase", "sentence", "matched"),
    [
        ("wordt goedgekeurd", "Het verslag wordt  goedgekeurd.", "wordt  goedgekeurd"),
        ("goedgekeurd*", "de goedgekeurde begroting", "goedgekeurde"),
        ("*vergadering", "de Bestuursvergadering van mei", "Bestuursvergadering"),
        (
            "wordt ... goedgekeurd",
            "Het wordt door de raad unaniem goedgekeurd.",
            "wordt door de raad unaniem goedgekeurd",
        ),
        ("(wordt|worden) (unaniem)? beslist", "er worden beslist", "worden beslist"),
        ("(wordt|worden) (unaniem)? beslist", "er wordt unaniem beslist", "wordt unaniem beslist"),
        ("d'ici", "D’ici la fin du mois", "D’ici"),
        ("^actie:", "- Actie: bellen", "- Actie:"),
        ("akkoord$", "Iedereen is akkoord.", "akkoord."),
    ],
)
def test_a_phrase_finds_what_its_notation_says(phrase: str, sentence: str, matched: str) -> None:
    found = phrases((phrase,)).search(sentence)
    assert found is not None
    assert found[0] == matched


@pytest.mark.parametrize(
    ("phrase", "sentence"),
    [
        ("goedgekeurd", "niet-goedgekeurde"),
        ("wordt ... goedgekeurd", "Het regent en wordt koud. Het is goedgekeurd."),
        ("wordt ... goedgekeurd", "wordt een twee drie vier vijf zes zeven acht negen goedgekeurd"),
        ("^actie:", "Er is een actie: bellen"),
        ("akkoord$", "akkoord met alles"),
        ("raad", "het raadhuis"),
    ],
)
def test_a_phrase_finds_nothing_else(phrase: str, sentence: str) -> None:
    assert phrases((phrase,)).search(sentence) is None


def test_no_phrases_match_nothing() -> None:
    assert phrases(()).search("wat dan ook") is None


@pytest.mark.parametrize("phrase", ["", "^", "(open"])
def test_a_malformed_phrase_is_refused(phrase: str) -> None:
    with pytest.raises(ResourceError):
        lexicon.expression(phrase)


def test_the_four_languages_have_folders() -> None:
    assert languages() == ("de", "en", "fr", "nl")


@pytest.mark.parametrize("language", ["nl", "fr", "en", "de"])
def test_every_language_brings_the_same_files(language: str) -> None:
    root = lexicon.package_files.files("minutes_nlp.resources")
    dutch = {e.name for e in (root / "nl").iterdir() if e.name.endswith(".toml")}
    own = {e.name for e in (root / language).iterdir() if e.name.endswith(".toml")}
    only_for_the_interface = {"access.toml", "browse.toml", "export.toml", "messages.toml", "site.toml"}
    assert dutch - own <= only_for_the_interface


@pytest.mark.parametrize("language", ["nl", "fr", "en", "de"])
def test_every_theme_has_keywords_in_every_language(language: str) -> None:
    assert set(section(language, "themes")["keywords"]) == {theme["id"] for theme in themes()}


def test_an_unknown_language_is_an_error() -> None:
    with pytest.raises(LanguageError, match="'xx'"):
        section("xx", "language")


def test_a_missing_list_is_an_error() -> None:
    with pytest.raises(ResourceError, match=re.escape("nl/nosuch.toml")):
        section("nl", "nosuch")


def test_a_users_folder_replaces_and_adds(tmp_path, monkeypatch) -> None:
    folder = tmp_path / "nl"
    folder.mkdir()
    (folder / "language.toml").write_text('name = "Vlaams"\nextra_abbreviations = ["blzn."]\n', encoding="utf-8")
    before = tuple(section("nl", "language")["abbreviations"])
    lexicon.overlay(tmp_path)
    try:
        assert section("nl", "language")["name"] == "Vlaams"
        assert tuple(section("nl", "language")["abbreviations"]) == (*before, "blzn.")
    finally:
        lexicon.overlay(None)
    assert section("nl", "language")["name"] == "Nederlands"


def test_a_users_malformed_list_is_refused_at_once_by_its_name(tmp_path) -> None:
    folder = tmp_path / "nl"
    folder.mkdir()
    (folder / "language.toml").write_text("name = ", encoding="utf-8")
    with pytest.raises(ResourceError, match=r"language\.toml"):
        lexicon.overlay(tmp_path)
    assert section("nl", "language")["name"] == "Nederlands"


def test_themes_are_a_closed_list_with_labels_in_four_languages() -> None:
    assert len({theme["id"] for theme in themes()}) == 34
    assert all(theme[code] for theme in themes() for code in ("nl", "fr", "en", "de", "scope"))


def test_what_is_made_of_word_lists_is_remembered_with_the_cache_that_an_overlay_empties() -> None:
    package = Path(lexicon.__file__).parent.parent
    of_what_is_given = {
        "lexicon.py": 2,
        "phrase_index.py": 2,
        "detect.py": 3,
        "attendance_words.py": 1,
        "keywords.py": 1,
        "people.py": 2,
    }
    for path in package.rglob("*.py"):
        code = path.read_text(encoding="utf-8")
        if "minutes_nlp.resources" in code:
            others = len(re.findall(r"functools\.(?:lru_)?cache\b", code))
            assert others <= of_what_is_given.get(path.name, 0), f"{path}: use words_cache"
