"""Nothing that stands in a real PDF is lost: a second library finds no letter that is neither in the text nor apart."""

from __future__ import annotations

import logging
import re
import unicodedata
from collections import Counter
from pathlib import Path

import pypdf
import pytest

from minutes_nlp.reading.document import SourceDocument
from minutes_nlp.reading.pdf import PdfReader
from minutes_nlp.reading.readers import Limits

pytestmark = pytest.mark.shared
_LEAST = 0.995
_NUMBER = re.compile(r"\d+")


def _letters(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text).casefold()
    return "".join(sign for sign in folded if sign.isalnum() and sign.isascii())


def _missing(document: SourceDocument, pages: list[str]) -> tuple[int, int]:
    """How many letters and digits the pages hold, and how many of them we lack; what is set apart stands once."""
    apart = {_NUMBER.sub("", _letters(passage.text)) for passage in document.apart}
    kept = Counter[str]()
    for line in "\n".join(pages).split("\n"):
        if (letters := _letters(line)) and _NUMBER.sub("", letters) not in apart:
            kept.update(letters)
    ours = Counter(_letters(document.text + "".join(passage.text for passage in document.apart)))
    return kept.total(), (kept - ours).total()


def test_the_letters_of_a_second_library_are_in_the_text_or_apart(shared: Path) -> None:
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    all_letters = all_missing = 0
    for path in sorted(shared.glob("corpus/*/originals/*.pdf")):
        document = PdfReader().read(path.read_bytes(), path.name, Limits())
        letters, missing = _missing(document, [page.extract_text() for page in pypdf.PdfReader(path).pages])
        all_letters += letters
        all_missing += missing
    assert 1 - all_missing / all_letters >= _LEAST
