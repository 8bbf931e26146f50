"""Word 97-2003 (`.doc`) and RTF: LibreOffice, if it is there, turns them into what `odt` reads."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Final

from minutes_nlp.errors import ReadingError
from minutes_nlp.reading.archive import password
from minutes_nlp.reading.child.protect import loosen_for_program
from minutes_nlp.reading.document import SourceDocument
from minutes_nlp.reading.readers import Limits, digest, read_content

_RTF: Final = b"{\\rtf"
_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD: Final = "WordDocument".encode("utf-16-le")
_SECTOR: Final = 512  # bytes
_RECORD: Final = b"\xec\xa5"  # how the first record of a Word document begins ([MS-DOC] 2.5.2)
_FLAGS: Final = 11  # where in it the flags stand
_ENCRYPTED: Final = 0x01
_NAMED: Final = (".doc", ".dot")
_PROGRAMS: Final = ("soffice", "libreoffice")
_ELSEWHERE: Final = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
)


class OfficeReader:
    """Reads what older word processors wrote, by way of LibreOffice."""

    name = "office"

    def score(self, content: bytes, suffix: str) -> float:
        """0.8 for RTF and for a compound file with a Word document in it; 0.3 for one that is only called so.

        The list of what is in a compound file may stand at its end: of one that was cut off, the name is what is left.
        """
        if content.startswith(_RTF):
            return 0.8
        if not content.startswith(_COMPOUND):
            return 0.0
        if _WORD in content:
            return 0.8
        return 0.3 if suffix in _NAMED else 0.0

    def read(self, content: bytes, name: str, limits: Limits) -> SourceDocument:
        """See `Reader.read`.

        Raises:
            ReadingError: `reading.password`; `reading.needs-office`: LibreOffice is not installed; `reading.office`: it
                can't convert the file; else as the reader of the result says.
        """
        is_rtf = content.startswith(_RTF)
        if not is_rtf and _is_protected(content):
            raise password(name)
        converted = _convert(content, ".rtf" if is_rtf else ".doc", name, limits)
        document = read_content(converted, name=f"{name}.odt", limits=limits)
        media_type = "application/rtf" if is_rtf else "application/msword"
        return replace(document, name=name, sha256=digest(content), media_type=media_type, size=len(content))


def _is_protected(content: bytes) -> bool:
    """Whether an old Word file says in its first record, which begins a sector, that it takes a password."""
    for start in range(_SECTOR, len(content) - _FLAGS, _SECTOR):
        if content.startswith(_RECORD, start):
            return bool(content[start + _FLAGS] & _ENCRYPTED)
    return False


def office_program() -> str | None:
    """LibreOffice on this computer; `None` if it is not found."""
    found = (shutil.which(program) for program in _PROGRAMS)
    return next(filter(None, found), None) or next(filter(os.path.exists, _ELSEWHERE), None)


def _convert(content: bytes, suffix: str, name: str, limits: Limits) -> bytes:
    """The file as OpenDocument text."""
    program = office_program()
    if program is None:
        raise ReadingError(
            "reading.needs-office",
            f"{name} is of an old word processor; reading it takes LibreOffice, which is not installed.",
            "Install LibreOffice and ingest again, or save the file as .docx.",
            path=name,
        )
    with tempfile.TemporaryDirectory(prefix="minutes-", ignore_cleanup_errors=True) as own:
        folder = Path(own)  # the profile is in it, too: an open LibreOffice of the user is left alone
        source = folder / f"document{suffix}"
        source.write_bytes(content)
        command = [
            program,
            "--headless",
            "--norestore",
            "--nolockcheck",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--convert-to",
            "odt",
            "--outdir",
            str(folder),
            str(source),
        ]
        try:
            subprocess.run(  # noqa: S603 - a program the user installed, with paths of ours
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=2 * limits.seconds,  # a last resort: the parent ends us, and what we started, before
                preexec_fn=None if sys.platform == "win32" else loosen_for_program,  # no threads in the child
                check=False,
            )
        except (OSError, subprocess.SubprocessError) as error:
            raise _failed(name) from error
        result = folder / "document.odt"
        if not result.is_file() or result.stat().st_size > limits.container:
            raise _failed(name)
        return result.read_bytes()


def _failed(name: str) -> ReadingError:
    return ReadingError(
        "reading.office",
        f"{name} could not be converted by LibreOffice.",
        "Open it in a word processor and save it as .docx.",
        path=name,
    )
