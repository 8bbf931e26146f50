"""Minutes that the models of these tests read, and the pipeline with one of its parts swapped."""

from typing import Any

from minutes_nlp.pipeline import DEFAULT_RECOGNISERS, PipelineSettings, build_pipeline
from minutes_nlp.reading import read_content
from minutes_nlp.records import MeetingRecord

MINUTES = """# Verslag werkgroep Zwaluwen, 12 maart 2026

Aanwezig: Toon Verlinde, mevrouw Ilse Moens
Verontschuldigd: Pol Raes

## 1. Nestkastjes

Zwaluwplan blauw komt er.

Toon Verlinde koopt hout tegen 3 april 2026.

Niemand weet wat een nestkastje kost.

## 2. Rekening

De rekening van de werkgroep ligt voor.

Pol kijkt ze na. Klaar!
"""


def swapped(part: str, kind: str, **options: Any) -> PipelineSettings:
    """The default settings with one part taken by a model of the user's own."""
    return PipelineSettings({**DEFAULT_RECOGNISERS, part: f"minutes.{part}.{kind}.v1"}, {part: options})


def read(settings: PipelineSettings | None = None, text: str = MINUTES) -> MeetingRecord:
    """The record of some minutes."""
    return build_pipeline(settings).process(read_content(text.encode(), name="a.md"))
