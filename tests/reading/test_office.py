"""Old Word files and RTF: LibreOffice converts them, and without it the file waits with a clear message."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hostile import odt

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
