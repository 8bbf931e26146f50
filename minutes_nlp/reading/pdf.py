"""PDF: text as printed, with headings, lists and tables as they look; scanned pages by OCR."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from minutes_nlp.errors import ReadingError
from minutes_nlp.reading.archive import damaged, password
from minutes_nlp.reading.document import Ocr, SourceDocument
from minutes_nlp.reading.finish import finished
from minutes_nlp.reading.ocr import SCALE, Recognised, missing, recogniser, summary
from minutes_nlp.reading.paged import written
from minutes_nlp.reading.pdf_flow import flow_of
from minutes_nlp.reading.pdf_page import Page, read_page
from minutes_nlp.reading.pdf_underlines import mark_underlined
from minutes_nlp.reading.readers import Limits

_MEDIA_TYPE = "application/pdf"
_SIGNATURE = b"%PDF-"
_WITHIN = 1024  # bytes within which the signature stands
_SCANNED = 0.4  # of a page that a picture covers, from which a page without text is a scan
_FEWEST = 8  # letters of a page with text: a scanner may stamp a number on it
_lock = threading.Lock()  # the parser may be used by one thread at a time


class PdfReader:
    """Reads PDFs that hold text, and scanned ones where OCR is installed."""

    name = "pdf"

    def score(self, content: bytes, suffix: str) -> float:
        """1 for the signature at the beginning, 0.9 for one a little later, as mail programs leave it."""
        if content.startswith(_SIGNATURE):
            return 1.0
        return 0.9 if suffix == ".pdf" and _SIGNATURE in content[:_WITHIN] else 0.0

    def read(self, content: bytes, name: str, limits: Limits) -> SourceDocument:
        """See `Reader.read`."""
        with _lock, _opened(content, name) as pdf:
            if len(pdf) > limits.pages:
                raise ReadingError(
                    "reading.pages",
                    f"{name} has {len(pdf)} pages (at most {limits.pages} are read).",
                    "It is hardly minutes; if it is, split it, or raise `limits.pages` in minutes.toml.",
                    path=name,
                    pages=len(pdf),
                    limit=limits.pages,
                )
            pages, ocr = _pages(pdf, name)
        placed, apart = flow_of(pages)
        return finished(content, name, written(placed), _MEDIA_TYPE, apart=apart, ocr=ocr)


@contextmanager
def _opened(content: bytes, name: str) -> Iterator[pdfium.PdfDocument]:
    """The document; what the parser finds wrong becomes an error of ours.

    Raises:
        ReadingError: `reading.password` or `reading.damaged`.
    """
    pdf = None
    try:
        pdf = pdfium.PdfDocument(content)
        if not len(pdf):
            raise damaged(name)
        yield pdf
    except pdfium.PdfiumError as error:
        code = raw.FPDF_GetLastError() if pdf is None else raw.FPDF_ERR_FORMAT
        raise password(name) if code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY) else damaged(name) from error
    finally:
        if pdf is not None:
            pdf.close()


def _pages(pdf: pdfium.PdfDocument, name: str) -> tuple[list[Page], Ocr | None]:
    """All pages, the scanned ones with the words that OCR finds.

    Raises:
        ReadingError: `reading.needs-ocr` if the document is scanned and OCR is not installed.
    """
    pages = []
    scanned = []
    for number in range(len(pdf)):
        page = pdf[number]
        try:
            found = read_page(page, number + 1)
        finally:
            page.close()
        mark_underlined(found)
        pages.append(found)
        if found.pictured >= _SCANNED and sum(len(word.text) for word in found.words) < _FEWEST:
            scanned.append(number)
    if not scanned:
        return pages, None
    recognise = recogniser(name)
    if recognise is None:
        if any(page.words for number, page in enumerate(pages) if number not in scanned):
            return pages, Ocr((), 0.0, tuple(number + 1 for number in scanned))
        raise missing(name)
    read: dict[int, Recognised] = {}
    for number in scanned:
        page = pdf[number]
        try:
            image = page.render(scale=SCALE, grayscale=True).to_pil()
        finally:
            page.close()
        read[number] = recognise(image, 1 / SCALE)
        pages[number] = replace(pages[number], words=list(read[number].words), level=[], upright=[])
    return pages, summary({number + 1: found for number, found in read.items()})
