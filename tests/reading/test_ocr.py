"""Scans: with tesseract their text is read, without it they wait."""

from __future__ import annotations

import io
import random

import pytest
from pdf_pages import Drawn

from minutes_nlp.errors import ReadingError
from minutes_nlp.pipeline.build import build_pipeline
from minutes_nlp.reading import ocr
from minutes_nlp.reading.document import SourceDocument
from minutes_nlp.reading.image import ImageReader
from minutes_nlp.reading.pdf import PdfReader
from minutes_nlp.reading.readers import Limits
from minutes_nlp.reading.safely import read_safely
from minutes_nlp.records import MeetingRecord, OcrFacts

Image = pytest.importorskip("PIL.Image", reason="the extra `ocr` is not installed")

needs_tesseract = pytest.mark.skipif(
    len(ocr.installed_languages()) < len(ocr.LANGUAGES), reason="tesseract with nld, fra, deu and eng is not installed"
)


def _scan(content: bytes) -> Image.Image:
    """The first page of a PDF as a scanner delivers it: a little askew, with dirt, 200 dots to an inch."""
    import pypdfium2

    with pypdfium2.PdfDocument(content) as pdf:
        page = pdf[0].render(scale=200 / 72, grayscale=True).to_pil()
    page = page.rotate(0.6, expand=False, fillcolor=255, resample=Image.Resampling.BICUBIC)
    dice = random.Random(7)
    for _ in range(1500):
        page.putpixel((dice.randrange(page.width), dice.randrange(page.height)), dice.randrange(256))
    return page


def _saved(image: Image.Image, form: str) -> bytes:
    file = io.BytesIO()
    image.save(file, form)
    return file.getvalue()


@pytest.fixture(scope="module")
def scan() -> Image.Image:
    drawn = Drawn().sheet().line_of("Verslag bestuursvergadering", size=18, bold=True).space()
    drawn.line_of("Datum: 14 maart 2024").space()
    drawn.line_of("Aanwezig: Griet Maas, Wim Sterk, Noor Aalders").line_of("Verontschuldigd: Bram Peeters").space()
    drawn.line_of("1. Opening", bold=True).space(4)
    drawn.running("De voorzitter opent de vergadering om 20.00 uur en heet iedereen welkom.")
    drawn.line_of("2. Dak van de loods", bold=True).space(4)
    drawn.running("Het bestuur besluit het dak voor de winter te herstellen.")
    drawn.line_of("Actie: Wim Sterk vraagt drie offertes op tegen 1 mei 2024.")
    return _scan(drawn.bytes())


@pytest.fixture(scope="module")
def document(scan: Image.Image) -> SourceDocument:
    return PdfReader().read(_saved(scan, "PDF"), "scan.pdf", Limits())


@pytest.fixture(scope="module")
def record(document: SourceDocument) -> MeetingRecord:
    return build_pipeline().process(document)


@needs_tesseract
def test_a_scan_gives_the_right_attendees_and_actions(record: MeetingRecord) -> None:
    view = record.evaluation_view()
    assert {(person["name"], person["status"]) for person in view["attendance"]} == {
        ("Griet Maas", "present"),
        ("Wim Sterk", "present"),
        ("Noor Aalders", "present"),
        ("Bram Peeters", "excused"),
    }
    assert [(action["owners"], action["due"]) for action in view["actions"]] == [(["Wim Sterk"], "2024-05-01")]


@needs_tesseract
def test_the_document_says_that_it_was_read_by_ocr_and_how_surely(document: SourceDocument) -> None:
    assert document.ocr is not None
    assert document.ocr.pages == (1,)
    assert 0.7 < document.ocr.confidence <= 1


@needs_tesseract
def test_the_record_says_so_too(record: MeetingRecord, document: SourceDocument) -> None:
    assert document.ocr is not None
    assert record.document.ocr == OcrFacts(pages=(1,), confidence=document.ocr.confidence)


@needs_tesseract
def test_tesseract_works_within_the_limits_of_the_process_that_reads(scan: Image.Image) -> None:
    found = read_safely(_saved(scan, "PNG"), name="scan.png")
    assert "Aanwezig: Griet Maas, Wim Sterk, Noor Aalders" in found.text


@needs_tesseract
@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF"])
def test_pictures_are_read_too(scan: Image.Image, form: str) -> None:
    found = ImageReader().read(_saved(scan, form), f"scan.{form.lower()}", Limits())
    assert "Aanwezig: Griet Maas, Wim Sterk, Noor Aalders" in found.text
    assert found.ocr is not None


@needs_tesseract
def test_a_page_of_text_between_scans_is_taken_as_it_is(scan: Image.Image) -> None:
    drawn = Drawn().sheet().running("Deze bladzijde is getypt en niet gescand.").sheet()
    drawn.image(scan, x=0, y=0, w=drawn.w, h=drawn.h)
    found = PdfReader().read(drawn.bytes(), "gemengd.pdf", Limits())
    assert found.text.startswith("Deze bladzijde is getypt en niet gescand.")
    assert found.ocr is not None
    assert found.ocr.pages == (2,)


def _without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "installed_languages", lambda: ())


def test_without_ocr_a_scan_waits_and_says_what_to_install(scan: Image.Image, monkeypatch: pytest.MonkeyPatch) -> None:
    _without(monkeypatch)
    for reader, form in ((PdfReader(), "PDF"), (ImageReader(), "PNG")):
        with pytest.raises(ReadingError, match="tesseract") as caught:
            reader.read(_saved(scan, form), "scan", Limits())
        assert caught.value.code == "reading.needs-ocr"


def test_without_ocr_the_pages_left_out_of_a_document_with_text_are_named_in_the_record(
    scan: Image.Image, monkeypatch: pytest.MonkeyPatch
) -> None:
    _without(monkeypatch)
    drawn = Drawn().sheet().running("Deze bladzijde is getypt.").sheet()
    drawn.image(scan, x=0, y=0, w=drawn.w, h=drawn.h)
    found = PdfReader().read(drawn.bytes(), "gemengd.pdf", Limits())
    assert found.ocr == ocr.Ocr((), 0.0, (2,))
    assert build_pipeline().process(found).document.ocr == OcrFacts(pages=(), confidence=None, unread=(2,))


def test_a_broken_picture_is_damaged(scan: Image.Image, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "installed_languages", lambda: ("nld",))
    with pytest.raises(ReadingError) as caught:
        ImageReader().read(_saved(scan, "PNG")[:400], "scan.png", Limits())
    assert caught.value.code == "reading.damaged"
