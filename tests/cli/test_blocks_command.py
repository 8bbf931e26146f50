"""`minutes blocks`: kind, level, page and language of every block, on wide and narrow terminals."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

import pytest

from minutes_nlp.reading import read_content
from minutes_nlp.resources import section

TEXT = """# Verslag van de werkgroep

Aanwezig: Noor Aelvoet en Bram Tack

1. De werkgroep bespreekt het nieuwe plan voor de moestuin en beslist dat er volgende maand een compostvat komt.

| wie | wat |
|---|---|
| Noor | belt de winkel |
"""


@pytest.fixture
def file(folder: Path) -> Path:
    (folder / "verslag.md").write_text(TEXT)
    return folder / "verslag.md"


def test_each_block_has_its_kind_level_language_and_text(cli, file: Path) -> None:
    lines = cli("--lang", "nl", "blocks", "verslag.md").out.splitlines()
    assert lines[0] == f"verslag.md: Markdown, {len(TEXT)} tekens, blokken: 5."
    assert lines[2].split() == ["titel", "1", "nl", "Verslag", "van", "de", "werkgroep"]
    assert lines[3].split()[:3] == ["sleutel", "en", "waarde"]
    assert any(line.endswith("Noor | belt de winkel") for line in lines)


@pytest.mark.parametrize("columns", [20, 40, 60, 100])
def test_no_line_is_wider_than_the_terminal_and_no_word_is_lost(
    cli, file: Path, columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    shown = cli("blocks", "verslag.md").out
    assert max(map(len, shown.splitlines())) <= columns
    assert "compostvat" in shown.replace("\n", "").replace(" ", "")


def test_a_file_in_an_archive_is_named_by_its_path(cli, folder: Path) -> None:
    with zipfile.ZipFile(folder / "jaar.zip", "w") as archive:
        archive.writestr("maart/verslag.md", TEXT)
    assert cli("blocks", "jaar.zip/maart/verslag.md").out.startswith("jaar.zip/maart/verslag.md: ")
    assert cli("text", "jaar.zip/maart/verslag.md").out == TEXT
    whole = cli("--lang", "nl", "text", "jaar.zip")
    assert whole.err.splitlines() == [
        "Fout: jaar.zip is een archief van documenten.",
        "Noem er een met zijn pad daarin: jaar.zip/maart/verslag.md.",
    ]
    lacking = cli("--lang", "nl", "blocks", "jaar.zip/mei.md")
    assert (lacking.code, lacking.err.splitlines()[0]) == (
        1,
        "Fout: Het archief jaar.zip bevat geen bestand mei.md.",
    )


def test_what_was_kept_out_of_the_text_comes_last(cli, folder: Path) -> None:
    head = "From: a@example.org\nTo: b@example.org\nMessage-ID: <1@example.org>\nSubject: Tuin\n\n"
    (folder / "bericht.eml").write_text(head + "Aanwezig: Noor Aelvoet\n")
    shown = cli("--lang", "fr", "blocks", "bericht.eml").out
    assert shown.splitlines()[-2:] == [
        "Laissé hors du texte :",
        "courriel  From: a@example.org To: b@example.org Subject: Tuin",
    ]


def test_steering_characters_are_not_printed(cli, folder: Path) -> None:
    (folder / "kwaad.txt").write_text("Verslag \x1b[2J van de raad\n")
    assert "\x1b" not in cli("blocks", "kwaad.txt").out


def test_colours_are_for_terminals_only(cli, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b" not in cli("blocks", "verslag.md").out
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    assert "\x1b[" in cli("blocks", "verslag.md").out


def test_the_head_of_a_table_and_the_key_of_a_value_are_told_from_the_rest(cli, file: Path) -> None:
    lines = [line.split() for line in cli("--lang", "nl", "blocks", "verslag.md").out.splitlines()]
    assert ["koprij", "nl", "wie", "|", "wat"] in lines
    assert any(line[0] == "tabelrij" for line in lines if line)
    assert ["sleutel", "en", "waarde", "nl", "Aanwezig:", "Noor", "Aelvoet", "en", "Bram", "Tack"] in lines


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_every_media_type_of_a_reader_has_a_name(language: str) -> None:
    named = section(language, "messages")["blocks"]["type"]
    for name, content in {"a.txt": b"x", "a.md": b"x", "a.rst": b"x", "a.html": b"<!DOCTYPE html><p>x"}.items():
        assert read_content(content, name=name).media_type in named
    assert {"application/pdf", "application/msword", "application/rtf", "message/rfc822", "image/png"} <= set(named)
