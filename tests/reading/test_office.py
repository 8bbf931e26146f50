"""Old Word files and RTF: LibreOffice converts them, and without it the file waits with a clear message."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from hostile import odt
from office import saved, shown

from minutes_nlp.errors import ReadingError
from minutes_nlp.reading import Limits, read_content
from minutes_nlp.reading.child.host import dismiss
from minutes_nlp.reading.office import office_program
from minutes_nlp.reading.safely import read_safely

RTF = rb"{\rtf1\ansi{\fonttbl{\f0 Arial;}}\f0 Aanwezig: Noor Aelvoet\par De raad keurt het plan goed.\par}"
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument".encode("utf-16-le")
POSIX = pytest.mark.skipif(os.name != "posix", reason="the stand-in is a script")


def stand_in(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Put a program in the place of LibreOffice; `out` is the folder for the result."""
    program = folder / "soffice"
    lines = (f"#!{sys.executable}", "import os, shutil, sys, time", 'out = sys.argv[sys.argv.index("--outdir") + 1]')
    program.write_text("\n".join((*lines, script, "")))
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    """A child that sees the PATH of the test."""
    dismiss()
    yield
    dismiss()


@pytest.mark.parametrize(("name", "content"), [("verslag.rtf", RTF), ("verslag.doc", OLD_WORD), ("verslag.docx", RTF)])
def test_without_libreoffice_the_message_says_what_to_install(
    name: str, content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ReadingError) as caught:
        read_content(content, name=name)
    assert caught.value.code == "reading.needs-office"
    assert "Install LibreOffice" in caught.value.hint


@POSIX
def test_what_libreoffice_makes_of_it_is_read_and_the_facts_are_those_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "made.odt").write_bytes(odt("<text:p>Aanwezig: Noor Aelvoet</text:p>"))
    stand_in(tmp_path, monkeypatch, f'shutil.copy({str(tmp_path / "made.odt")!r}, out + "/document.odt")')
    document = read_safely(OLD_WORD, name="a/verslag.doc")
    assert document.text.strip() == "Aanwezig: Noor Aelvoet"
    assert (document.name, document.media_type, document.size) == ("a/verslag.doc", "application/msword", len(OLD_WORD))


@POSIX
@pytest.mark.parametrize("script", ["", "sys.exit(3)"])
def test_a_file_that_cannot_be_converted(script: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(tmp_path, monkeypatch, script)
    with pytest.raises(ReadingError) as caught:
        read_safely(RTF, name="verslag.rtf")
    assert caught.value.code == "reading.office"


def has_ended(process: int) -> bool:
    """Whether a process is gone within some seconds, or only waits for somebody to ask how it ended."""
    for _ in range(50):
        state = subprocess.run(["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True).stdout
        if not state.strip() or state.startswith("Z"):
            return True
        time.sleep(0.1)
    return False


@POSIX
def test_a_conversion_that_hangs_is_ended_in_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    noted = str(tmp_path / "pid")
    with monkeypatch.context() as patch:
        stand_in(tmp_path, patch, f'open({noted!r}, "w").write(str(os.getpid()))\ntime.sleep(60)')
        with pytest.raises(ReadingError) as caught:
            read_safely(RTF, name="verslag.rtf", limits=Limits(seconds=2))
    assert caught.value.code == "reading.time"
    assert has_ended(int((tmp_path / "pid").read_text()))


@pytest.mark.skipif(office_program() is None, reason="LibreOffice is not installed")
def test_libreoffice_itself_works_within_the_limits() -> None:
    document = read_safely(RTF, name="verslag.rtf")
    assert [block.text(document.text) for block in document.blocks] == [
        "Aanwezig: Noor Aelvoet",
        "De raad keurt het plan goed.",
    ]


def minutes() -> bytes:
    """Invented minutes in Word, with headings, lists in a list, a table, a header and a footer."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Buurtraad De Linde"
    document.sections[0].footer.paragraphs[0].text = "Pagina 1 van 1"
    document.add_heading("Verslag van de werkgroep", 0)
    document.add_paragraph("Aanwezig: Noor Aelvoet, Bram Tack")
    document.add_heading("Speeltuin", 1)
    document.add_paragraph("De werkgroep keurt de offerte goed.")
    for text, style in (("Noor belt", "List Number"), ("een bank", "List Bullet 2"), ("Bram tekent", "List Number")):
        document.add_paragraph(text, style=style)
    table = document.add_table(0, 2, style="Table Grid")
    for row in (("Wie", "Wat"), ("Bram Tack", "huurt de zaal")):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.add_heading("Varia", 2)
    document.add_paragraph("Geen.")
    return saved(document)


@pytest.mark.skipif(office_program() is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("suffix", ["doc", "rtf"])
def test_an_old_file_reads_as_the_word_file_it_was_made_of(suffix: str, tmp_path: Path) -> None:
    (tmp_path / "verslag.docx").write_bytes(minutes())
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [str(office_program()), "--headless", profile, "--convert-to", suffix, "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "verslag.docx")], capture_output=True, check=True)
    new = read_safely(minutes(), name="verslag.docx")
    old = read_safely((tmp_path / f"verslag.{suffix}").read_bytes(), name=f"verslag.{suffix}")
    assert old.text == new.text
    assert shown(old) == shown(new)
    assert old.apart == new.apart


@pytest.mark.parametrize(("flags", "code"), [(0x13, "reading.password"), (0x12, "reading.needs-office")])
def test_an_old_word_file_that_takes_a_password(
    flags: int, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    record = b"\xec\xa5\xc1\x00" + bytes(7) + bytes([flags])
    with pytest.raises(ReadingError) as caught:
        read_content(OLD_WORD.ljust(1024, b"\0") + record.ljust(512, b"\0"), name="verslag.doc")
    assert caught.value.code == code


@POSIX
def test_an_old_word_file_that_was_cut_off_is_known_by_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(tmp_path, monkeypatch, "")
    with pytest.raises(ReadingError) as caught:
        read_safely(OLD_WORD[:300], name="verslag.doc")
    assert caught.value.code == "reading.office"
    with pytest.raises(ReadingError) as caught:
        read_safely(OLD_WORD[:300], name="lijst.xls")
    assert caught.value.code != "reading.office"
