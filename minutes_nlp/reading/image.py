"""Pictures of pages (PNG, JPEG, TIFF), by OCR."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from typing import TYPE_CHECKING

from minutes_nlp.errors import ReadingError
from minutes_nlp.reading.archive import damaged
from minutes_nlp.reading.document import SourceDocument
from minutes_nlp.reading.finish import finished
from minutes_nlp.reading.ocr import missing, recogniser, summary
from minutes_nlp.reading.paged import written
from minutes_nlp.reading.pdf_flow import flow_of
from minutes_nlp.reading.pdf_page import Page
from minutes_nlp.reading.readers import Limits

if TYPE_CHECKING:
    from PIL.Image import Image

_MEDIA_TYPES = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"II*\x00": "image/tiff",
    b"MM\x00*": "image/tiff",
}
_BROKEN = (  # what Pillow raises over a broken picture: it checks little
    OSError, SyntaxError, ValueError, EOFError, TypeError, LookupError, ArithmeticError, AttributeError, struct.error,
)  # fmt: skip
_MOST_PIXELS = 80_000_000  # of a page: A4 at 600 dots per inch has 35 million
_WIDTH = 595.0  # points of a page (A4), since what a picture says of its size is seldom right


class ImageReader:
    """Reads scans and photographs of pages where OCR is installed."""

    name = "image"

    def score(self, content: bytes, suffix: str) -> float:  # noqa: ARG002 - the content tells
        """0.9 for PNG, JPEG and TIFF."""
        return 0.9 if _media_type(content) else 0.0

    def read(self, content: bytes, name: str, limits: Limits) -> SourceDocument:
        """See `Reader.read`.

        Raises:
            ReadingError: `reading.needs-ocr` without OCR; `reading.damaged`, `reading.pixels`, `reading.pages`,
                `reading.no-text`.
        """
        recognise = recogniser(name)
        if recognise is None:
            raise missing(name)
        pages, read = [], {}
        for number, image in enumerate(_images(content, name, limits), 1):
            points = _WIDTH / image.width
            read[number] = recognise(image, points)
            pages.append(Page(number, _WIDTH, points * image.height, list(read[number].words)))
        placed, apart = flow_of(pages)
        return finished(content, name, written(placed), _media_type(content), apart=apart, ocr=summary(read))


def _media_type(content: bytes) -> str:
    return next((kind for signature, kind in _MEDIA_TYPES.items() if content.startswith(signature)), "")


def _images(content: bytes, name: str, limits: Limits) -> Iterator[Image]:
    """The pages of a picture, upright and in grey."""
    from PIL import Image, ImageOps, ImageSequence

    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG", "TIFF")) as picture:
            for number, frame in enumerate(ImageSequence.Iterator(picture), 1):
                if number > limits.pages:
                    raise ReadingError(
                        "reading.pages",
                        f"{name} has {number} pages or more (at most {limits.pages} are read).",
                        "It is hardly minutes; if it is, split it, or raise `limits.pages` in minutes.toml.",
                        path=name,
                        pages=number,
                        limit=limits.pages,
                    )
                if frame.width * frame.height > _MOST_PIXELS:
                    raise _too_large(name, frame.width * frame.height)
                yield ImageOps.exif_transpose(frame).convert("L")
    except Image.DecompressionBombError as error:
        raise _too_large(name, 2 * _MOST_PIXELS) from error
    except _BROKEN as error:
        raise damaged(name) from error


def _too_large(name: str, pixels: int) -> ReadingError:
    return ReadingError(
        "reading.pixels",
        f"{name} has {pixels} pixels on a page (at most {_MOST_PIXELS} are read).",
        "Save it with a lower resolution: 300 dots per inch are enough.",
        path=name,
        pixels=pixels,
        limit=_MOST_PIXELS,
    )
