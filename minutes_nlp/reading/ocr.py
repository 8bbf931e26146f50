"""Text from pictures, by tesseract: an optional extra of this package and a program of the system."""

from __future__ import annotations

import functools
import statistics
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from minutes_nlp.errors import ReadingError
from minutes_nlp.reading.document import Ocr
from minutes_nlp.reading.pdf_page import Word

if TYPE_CHECKING:
    from PIL.Image import Image

LANGUAGES = ("nld", "fra", "deu", "eng")  # as tesseract calls them
SCALE = 300 / 72  # pixels to a point of a page that is drawn for OCR
_SECONDS = 120  # for a page
_LEAST = 0.2  # confidence in a word, below which it is dirt on the paper
_COLUMNS = ("text", "conf", "left", "top", "width", "height", "block_num", "par_num", "line_num")
_LETTERS = 0.72  # of the height of a line that its usual letters take, those with tails included


@dataclass(frozen=True, slots=True)
class Recognised:
    """The words of a picture, and for each how sure OCR is of it, 0 to 1."""

    words: tuple[Word, ...]
    confidences: tuple[float, ...]


Recogniser = Callable[["Image", float], Recognised]


def recogniser(name: str) -> Recogniser | None:
    """What reads a picture, given how many points of the page a pixel is; `None` if OCR is not installed.

    Args:
        name: what the file is called in messages.
    """
    languages = installed_languages()
    return functools.partial(_recognise, name, languages) if languages else None


@functools.cache
def installed_languages() -> tuple[str, ...]:
    """Those of `LANGUAGES` that tesseract knows on this computer; empty if it, or the extra `ocr`, is missing."""
    try:
        import pytesseract
        from PIL import Image  # noqa: F401 - part of the extra
    except ImportError:
        return ()
    try:
        known = pytesseract.get_languages(config="")
    except (pytesseract.TesseractError, OSError):
        return ()
    return tuple(language for language in LANGUAGES if language in known)


def missing(name: str) -> ReadingError:
    """The error for a scan where OCR is not installed; the file waits until it is."""
    return ReadingError(
        "reading.needs-ocr",
        f"{name} is a scan or a picture: its text has to be recognised (OCR), and that is not installed.",
        "Install tesseract with the languages nld, fra, deu and eng, and this program with the extra `ocr` "
        "(pip install 'minutes-nlp[ocr]'); then ingest again.",
        path=name,
    )


def summary(pages: Mapping[int, Recognised]) -> Ocr:
    """Which pages were recognised, and how surely: the mean over all words."""
    confidences = [one for page in pages.values() for one in page.confidences]
    return Ocr(tuple(pages), round(statistics.fmean(confidences), 4) if confidences else 0.0)


def _recognise(name: str, languages: tuple[str, ...], image: Image, points: float) -> Recognised:
    import pytesseract

    try:
        table = pytesseract.image_to_data(
            image, lang="+".join(languages), output_type=pytesseract.Output.DICT, timeout=_SECONDS
        )
    except RuntimeError as error:  # its own errors, and that of the time limit
        raise ReadingError(
            "reading.ocr",
            f"The text of a page of {name} could not be recognised: {error}.",
            "Scan it again with a lower resolution, or straighten it.",
            path=name,
            reason=str(error),
        ) from error
    lines: dict[tuple[int, ...], list[tuple[Word, float]]] = {}
    for row in zip(*(table[key] for key in _COLUMNS), strict=True):
        text, confidence, left, top, width, height, *place = row
        key = tuple(place)
        sure = float(confidence) / 100
        if not text.strip() or sure < _LEAST:
            continue
        bottom = points * (top + height)
        word = Word(text.strip(), points * left, points * (left + width), bottom, points * height)
        lines.setdefault(key, []).append((word, sure))
    return _levelled(lines)


def _levelled(lines: Mapping[tuple[int, ...], list[tuple[Word, float]]]) -> Recognised:
    """The words, those of a line put level and in letters of one size."""
    words, confidences = [], []
    for line in lines.values():
        base = statistics.median(word.base for word, _ in line)
        size = max(statistics.median(word.size for word, _ in line) / _LETTERS, 1.0)
        for word, sure in line:
            words.append(Word(word.text, word.left, word.right, base, size))
            confidences.append(sure)
    return Recognised(tuple(words), tuple(confidences))
