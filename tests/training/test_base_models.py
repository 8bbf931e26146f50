"""The spaCy pipelines that ship in `models/base`: what they say of sentences they never saw."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from spacy.language import Language

from minutes_nlp.errors import ResourceError
from minutes_nlp.language.base import base_languages, base_pipeline

FOLDER = Path(__file__).parents[2] / "models" / "base"
MEGABYTE = 10**6

NL = """Dhr. Wannes Oosterhof opent de vergadering. Er zijn nl. twee punten, o.a. de verlichting.
- Lotte Kerkhove vraagt drie offertes
- het dak nakijken (zie art. 5)
Wie komt er nog? Niemand."""
FR = """M. Anselme Wathelet ouvre la réunion. Il y a deux points, p.ex. l'éclairage.
- Lise Hanotte demande trois devis
- vérifier le toit (voir art. 5)
Qui vient encore ? Personne."""


def sentences(nlp: Language, text: str) -> list[str]:
    return [sentence.text.strip() for sentence in nlp(text).sents]


def words(nlp: Language, text: str) -> dict[str, tuple[str, str]]:
    """Part of speech and lemma of each word."""
    return {token.text: (token.pos_, token.lemma_) for token in nlp(text)}


def test_a_pipeline_ships_for_each_language() -> None:
    assert base_languages(FOLDER) == ("de", "en", "fr", "nl")


def test_all_pipelines_together_stay_small() -> None:
    shipped = [path for language in base_languages(FOLDER) for path in (FOLDER / language).rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in shipped) < 28 * MEGABYTE


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_every_source_is_named_with_its_licence_and_no_path_is_left(language: str) -> None:
    meta = base_pipeline(language, FOLDER).meta
    assert all(source["license"] and source["url"] for source in meta["sources"])
    assert not [value for value in base_pipeline(language, FOLDER).config["paths"].values() if value]
    assert "evaluation-only" not in str(meta["sources"])


def test_no_evaluation_set_trains() -> None:
    with (FOLDER / "sources.toml").open("rb") as file:
        table = tomllib.load(file)
    for language in ("nl", "fr", "de", "en"):
        for kind in ("ud", "ner"):
            parts = table[language].get(kind, {})
            trained = {*parts.get("train", ()), *parts.get("split", ())}
            assert not trained & {*parts.get("test", ()), *parts.get("dev", ()), *parts.get("evaluation_only", ())}


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("nl", "De kinderen liepen naar het grote huis.", {"kinderen": ("NOUN", "kind"), "liepen": ("VERB", "lopen")}),
        ("nl", "Zij heeft de brieven gelezen.", {"brieven": ("NOUN", "brief"), "gelezen": ("VERB", "lezen")}),
        ("fr", "Les enfants marchaient vers la maison.", {"enfants": ("NOUN", "enfant"), "Les": ("DET", "le")}),
        ("fr", "Elle a envoyé les lettres.", {"lettres": ("NOUN", "lettre"), "envoyé": ("VERB", "envoyer")}),
    ],
)
def test_parts_of_speech_and_lemmas(language: str, text: str, expected: dict[str, tuple[str, str]]) -> None:
    found = words(base_pipeline(language, FOLDER), text)
    assert {word: found[word] for word in expected} == expected


def test_morphology_tells_number_and_tense() -> None:
    doc = base_pipeline("nl", FOLDER)("De leden kwamen samen.")
    assert doc[1].morph.get("Number") == ["Plur"]
    assert doc[2].morph.get("Tense") == ["Past"]


@pytest.mark.parametrize(
    ("language", "text", "count"),
    [
        ("nl", "Mevr. Kerkhove belt. Het gaat nl. niet goed.", 2),
        ("nl", "Zie art. 12 van het reglement. De prijs is ca. 300 euro.", 2),
        ("nl", "We kopen stoelen, tafels, enz. Lotte betaalt.", 2),
        ("nl", "Dit is één zin over de begroting van 2025.", 1),
        ("fr", "Mme Hanotte appelle. Il faut p.ex. deux tables.", 2),
        ("fr", "Voir art. 12 du règlement. Le prix est d'env. 300 euros.", 2),
        ("fr", "On achète des chaises, des tables, etc. Lise paie.", 2),
        ("fr", "Ceci est une phrase sur le budget de 2025.", 1),
    ],
)
def test_the_stop_of_an_abbreviation_ends_no_sentence(language: str, text: str, count: int) -> None:
    found = sentences(base_pipeline(language, FOLDER), text)
    assert len(found) == count, found


@pytest.mark.parametrize(("language", "text"), [("nl", NL), ("fr", FR)])
def test_an_item_of_a_list_is_a_sentence_without_stop(language: str, text: str) -> None:
    found = sentences(base_pipeline(language, FOLDER), text)
    lines = [line for line in text.splitlines() if line.startswith("- ")]
    assert [sentence for sentence in found if sentence.startswith("-")] == lines


@pytest.mark.parametrize(
    ("language", "marked"),
    [
        ("nl", "De vergadering met [PER Wannes Oosterhof] is in [LOC Antwerpen] gepland."),
        ("nl", "De zaal wordt morgen gepoetst."),
        ("fr", "La réunion avec [PER Anselme Wathelet] aura lieu à [LOC Bruxelles]."),
        ("fr", "La salle sera nettoyée demain."),
    ],
)
def test_names_of_people_and_places(language: str, marked: str) -> None:
    text = re.sub(r"\[(?:PER|LOC|ORG) ([^\]]+)\]", r"\1", marked)
    doc = base_pipeline(language, FOLDER)(text)
    expected = [(name, label) for label, name in re.findall(r"\[(PER|LOC|ORG) ([^\]]+)\]", marked)]
    assert [(entity.text, entity.label_) for entity in doc.ents] == expected


@pytest.mark.parametrize("language", ["de", "en", "fr", "nl"])
@pytest.mark.parametrize("text", [NL, FR, "", " \n\n ", "🙂 e\u0301\u00ad…\t1)\r\nx"])
def test_the_text_and_its_offsets_stay_as_they_are(language: str, text: str) -> None:
    doc = base_pipeline(language, FOLDER)(text)
    assert doc.text == text
    assert all(text[token.idx : token.idx + len(token)] == token.text for token in doc)


@pytest.mark.parametrize(("language", "text"), [("nl", NL), ("fr", FR)])
def test_the_same_text_gives_the_same_document_alone_and_in_company(language: str, text: str) -> None:
    nlp = base_pipeline(language, FOLDER)
    alone = nlp(text).to_json()
    assert nlp(text).to_json() == alone
    assert [doc.to_json() for doc in nlp.pipe([text, "x", text])][2] == alone


def test_a_language_without_pipeline_is_an_error_that_names_those_there_are() -> None:
    with pytest.raises(ResourceError, match="no spaCy pipeline for 'it'") as raised:
        base_pipeline("it", FOLDER)
    assert raised.value.code == "language.no_pipeline"
    assert raised.value.values["known"] == "de, en, fr, nl"


def test_a_damaged_pipeline_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "nl").mkdir()
    (tmp_path / "nl" / "meta.json").write_text("{", encoding="utf-8")
    with pytest.raises(ResourceError) as raised:
        base_pipeline("nl", tmp_path)
    assert raised.value.code == "language.pipeline_unreadable"
