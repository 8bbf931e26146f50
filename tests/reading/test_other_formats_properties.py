"""What holds for every PDF, scan, mail, Outlook message and RTF: blocks lie in the text, and no letter is lost."""

from __future__ import annotations

import io
import unicodedata
from collections import Counter
from email.message import EmailMessage

import pytest
from compound import message as outlook
from compressed_rtf import compress
from contract import check_sound
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pdf_pages import LEFT, Drawn
from PIL import Image

from minutes_nlp.reading import SourceDocument, image, read_content
from minutes_nlp.reading.ocr import Recognised
from minutes_nlp.reading.office import office_program
from minutes_nlp.reading.pdf_page import Word

LINES = st.one_of(
    st.sampled_from(
        ["Noor Baert", "Datum: 3 mei", "1. Opening", "- zaal", "a | b", "Aanwezig: Bo, Lo", "werk-", "2.1 Slot", "–"]
    ),
    st.text(st.sampled_from("abéïçÀ019 .,:;()|-–'’"), max_size=20),
)
TEXTS = st.lists(LINES, min_size=1, max_size=12)
PLACED = st.lists(
    st.tuples(LINES, st.floats(0, 400), st.floats(8, 24), st.booleans(), st.floats(0, 60)), min_size=1, max_size=14
)


def letters(text: str) -> Counter[str]:
    """The letters and digits of a text, each in its plain form."""
    return Counter(c for c in unicodedata.normalize("NFKC", text) if c.isalnum())


def holds(document: SourceDocument, text: str) -> None:
    """The document is sound, and every letter of `text` stands in it or was set apart."""
    check_sound(document)
    everything = "\n".join([document.text, *(one.text for one in document.apart)])
    assert not letters(text) - letters(everything)


@given(PLACED)
@settings(max_examples=80, deadline=None)
def test_a_page_of_a_pdf_with_words_anywhere(placed: list[tuple[str, float, float, bool, float]]) -> None:
    drawing = Drawn().sheet()
    for text, indent, size, bold, room in placed:
        drawing.line_of(text.replace("’", "'").replace("–", "-"), size=size, bold=bold, indent=indent)
        drawing.space(room)
    if not letters("".join(text for text, *_ in placed)):
        return
    document = read_content(bytes(drawing.output()), name="a.pdf")
    on_page = [text for text, *_ in placed]
    holds(document, "".join(on_page)) if drawing.down < 800 else check_sound(document)


@given(st.lists(TEXTS, min_size=2, max_size=5), st.booleans(), st.booleans())
@settings(max_examples=40, deadline=None)
def test_pages_of_a_pdf_with_and_without_running_lines(pages: list[list[str]], head: bool, table: bool) -> None:
    drawing = Drawn()
    for number, page in enumerate(pages, 1):
        drawing.sheet()
        if head:
            drawing.at(LEFT, 30, f"Verslag raad, blad {number}", size=8)
        for text in page:
            drawing.line_of(text.replace("’", "'").replace("–", "-"))
        if table:
            drawing.ruled([["Wat", "Wie"], ["zaal", "Bo"]], [200, 200])
    if letters("".join("".join(page) for page in pages)) or table:
        check_sound(read_content(bytes(drawing.output()), name="a.pdf"))


@given(
    st.lists(st.tuples(LINES, st.floats(0, 1), st.floats(0, 1), st.floats(0.004, 0.03)), min_size=1, max_size=30),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_scan_with_words_anywhere(
    monkeypatch: pytest.MonkeyPatch, placed: list[tuple[str, float, float, float]]
) -> None:
    def recognise(picture: Image.Image, points: float) -> Recognised:
        wide, high = picture.width * points, picture.height * points
        words = []
        for text, left, base, size in placed:
            for number, part in enumerate(text.split()):
                start = left * wide + number * size * wide
                words.append(Word(part, start, start + 0.6 * len(part) * size * high, base * high, size * high))
        return Recognised(tuple(words), (0.9,) * len(words))

    monkeypatch.setattr(image, "recogniser", lambda name: recognise)
    picture = io.BytesIO()
    Image.new("L", (300, 420), 255).save(picture, "PNG")
    if letters("".join(text for text, *_ in placed)):
        check_sound(read_content(picture.getvalue(), name="a.png"))


@given(TEXTS, TEXTS, st.booleans())
@settings(max_examples=80, deadline=None)
def test_mail_of_any_content(text: list[str], attached: list[str], page: bool) -> None:
    mail = EmailMessage()
    mail["From"], mail["Subject"], mail["Message-ID"] = "noor@example.org", "Tuin", "<1@example.org>"
    mail.set_content("\n".join(text))
    if page:
        mail.add_attachment(f"<p>{'<br>'.join(attached)}</p>", subtype="html", filename="verslag.html")
    else:
        mail.add_attachment("\n".join(attached), filename="verslag.txt")
    if not letters("".join([*text, *attached])):
        return
    document = read_content(mail.as_bytes(), name="a.eml")
    holds(document, "\n".join(text) if letters("".join(attached)) or not letters("".join(text)) else "")


@given(TEXTS, TEXTS)
@settings(max_examples=80, deadline=None)
def test_outlook_messages_of_any_content(text: list[str], attached: list[str]) -> None:
    content = outlook("Tuin", "\r\n".join(text), {"verslag.txt": "\n".join(attached).encode()})
    if letters("".join([*text, *attached])):
        holds(read_content(content, name="a.msg"), "\n".join(text))


def rtf(text: list[str]) -> bytes:
    """The lines as paragraphs of RTF."""
    escaped = [line.replace("\\", "\\\\").replace("{", "\\{").replace("}", "\\}") for line in text]
    coded = ["".join(c if c.isascii() else f"\\u{ord(c)}?" for c in line) for line in escaped]
    return ("{\\rtf1\\ansi\\ansicpg1252 " + "\\par ".join(coded) + "\\par}").encode("ascii")


@given(TEXTS)
@settings(max_examples=60, deadline=None)
def test_outlook_messages_that_are_rtf(text: list[str]) -> None:
    if letters("".join(text)):
        document = read_content(outlook("Tuin", "", {}, rtf=compress(rtf(text))), name="a.msg")
        holds(document, "\n".join(text))


@pytest.mark.skipif(office_program() is None, reason="LibreOffice is not installed")
@given(st.lists(LINES, min_size=3, max_size=12))
@settings(max_examples=3, deadline=None)
def test_rtf_by_libreoffice(text: list[str]) -> None:
    holds(read_content(rtf(["Verslag", *text]), name="a.rtf"), "\n".join(text))
