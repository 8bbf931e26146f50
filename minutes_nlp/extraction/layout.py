"""`minutes.layout.v1`: the layout analysis as a component, so that a trained one can take its place."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from minutes_nlp.extraction.base import mark, recogniser, text_of
from minutes_nlp.layout import analyse


@recogniser("minutes.layout.v1", reads=["minutes_text"], writes=["minutes_layout"])
class LayoutRecogniser:
    """Tells what every block is for.

    Reads: the normalised text. Writes: `doc._.minutes_layout`, `doc.spans["minutes.headings"]`.
    """

    def __init__(self, nlp: Language, name: str) -> None:  # noqa: ARG002 (spaCy calls it so)
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        """Annotate and return the document."""
        layout = analyse(text_of(doc))
        doc._.minutes_layout = layout
        mark(doc, "minutes.headings", [heading.line for heading in layout.headings])
        return doc
