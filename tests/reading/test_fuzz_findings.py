"""What the fuzzer found (`make fuzz`, benchmarks/fuzz_readers.py), made by hand: a reader broke down on each of these.

A case says what was wrong with the file; `refused` is the error it ends with now, empty if it is read.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from contract import read_or_refuse
from hostile import pdf, zipped

from minutes_nlp.reading import Limits, SourceDocument, bundle, ocr
from minutes_nlp.reading.readers import readers


@dataclass(frozen=True)
class Found:
    """A file on which a reader broke down."""

    reader: str
    wrong: str
    make: Callable[[], bytes]
    refused: str = ""


def _tiff_with_a_page_without_width() -> bytes:
    """A TIFF of two pages, the second of which does not say how wide it is."""
    image = pytest.importorskip("PIL.Image", reason="the extra `ocr` is not installed")
    kept = io.BytesIO()
    page = image.new("L", (8, 8))
    page.save(kept, "TIFF", save_all=True, append_images=[page])
    content = bytearray(kept.getvalue())
    (first,) = struct.unpack_from("<I", content, 4)
    (entries,) = struct.unpack_from("<H", content, first)
    (second,) = struct.unpack_from("<I", content, first + 2 + 12 * entries)
    width = content.index(struct.pack("<H", 256), second)
    struct.pack_into("<H", content, width, 4242)
    return bytes(content)


def _letters_of_endless_size() -> bytes:
    endless = b"BT /F1 1" + b"0" * 200 + b" Tf 50 700 Td (Verslag) Tj ET "
    return pdf(1, body=endless + b"BT /F1 12 Tf 50 600 Td (Agenda) Tj ET")


def _a_cell_that_goes_on_in_preformatted_text() -> bytes:
    return (
        b"<!DOCTYPE html><pre>wie       wat\nWim       bezorgt de nota\nde Wit    morgen\nen zoon\nAn        belt</pre>"
    )


def _tables_side_by_side_in_preformatted_text() -> bytes:
    rows = "Datum       19 mei           Aanwezig    Tine Maas\nAanvang     14 uur           Lander Vos\n"
    return f"<!DOCTYPE html><pre>Verslag\n\n{rows}Einde       16 uur           Nele Bos\n</pre>".encode()


def _mails_in_mails(depth: int) -> bytes:
    head = b"From: noor@example.be\nMIME-Version: 1.0\nSubject: Verslag\nContent-Type: message/rfc822\n\n"
    return head * depth + b"From: noor@example.be\nMIME-Version: 1.0\nSubject: Verslag\n\nVerslag\n\nAanwezig: Noor\n"


FOUND = [
    Found("mail", "mails in mails that took a minute", lambda: _mails_in_mails(150), "reading.nested"),
    Found("mail", "some mails in mails, which are read", lambda: _mails_in_mails(8)),
    Found("html", "a cell that goes on below the next one", _a_cell_that_goes_on_in_preformatted_text),
    Found("html", "tables side by side, read one by one", _tables_side_by_side_in_preformatted_text),
    Found("pdf", "letters of endless size", _letters_of_endless_size),
    Found("image", "a page without width", _tiff_with_a_page_without_width, "reading.damaged"),
]


@pytest.mark.parametrize("case", FOUND, ids=lambda case: f"{case.reader}: {case.wrong}")
def test_a_reader_keeps_its_contract_on_what_the_fuzzer_found(case: Found, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "installed_languages", lambda: ("nld",))
    reader = next(one for one in readers() if one.name == case.reader)
    content = case.make()
    assert reader.score(content, ".bin") > 0
    found = read_or_refuse(reader, content, "gevonden.bin", Limits())
    assert ("" if isinstance(found, SourceDocument) else found) == case.refused


def test_a_member_without_a_name_does_not_hide_the_others() -> None:
    content = zipped(("", b"zonder naam"), ("verslag.txt", b"Verslag"))
    found = {member.path: (member.content, member.problem) for member in bundle.members(content, "a.zip", Limits())}
    assert found == {"%2E": (b"zonder naam", None), "verslag.txt": (b"Verslag", None)}
