"""The pipeline: which recogniser does what, and the check that they fit together."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import entry_points

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import ConfigValidationError

from minutes_nlp.errors import ExtractionError
from minutes_nlp.extraction.base import factory_name
from minutes_nlp.language import detector, normalise
from minutes_nlp.language.tokenise import make_doc
from minutes_nlp.pipeline.assemble import assemble
from minutes_nlp.pipeline.lists import list_record
from minutes_nlp.pipeline.settings import DEFAULT_RECOGNISERS, PipelineSettings, fingerprint
from minutes_nlp.pipeline.timings import timed
from minutes_nlp.reading import SourceDocument
from minutes_nlp.reading.lists import MEDIA_TYPE as ACTION_LIST
from minutes_nlp.records import MeetingRecord

_MODULES = tuple(f"minutes_nlp.extraction.{name.split('.')[1]}" for name in DEFAULT_RECOGNISERS.values())

_OWN_MODELS = "minutes_nlp.extraction.own"


@dataclass(frozen=True, slots=True)
class MinutesPipeline:
    """Turns documents into records. Build it with `build_pipeline`."""

    nlp: Language
    settings: PipelineSettings

    @property
    def fingerprint(self) -> str:
        """Changes whenever the same file could give another record: version, recognisers, options, word lists."""
        return fingerprint(self.settings)

    def annotate(self, document: SourceDocument) -> Doc:
        """The document as a spaCy `Doc` with everything the recognisers found (see `extraction.base`)."""
        with timed("language"):
            normalised = normalise(document, detector())
        with timed("tokens"):
            doc = make_doc(normalised, self.nlp.vocab)
        doc._.minutes_text = normalised
        for part, component in self.nlp.pipeline:
            with timed(part):
                doc = component(doc)
        return doc

    def process(self, document: SourceDocument) -> MeetingRecord:
        """The record of one document; what it does not say is `None` or empty, and no error."""
        if document.media_type == ACTION_LIST:
            return list_record(document)
        with _without_collecting():
            doc = self.annotate(document)
            with timed("record"):
                return assemble(document, doc, self.settings.recognisers)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Let cyclic garbage wait: what a document is turned into lives as long as it is worked at, and is no garbage.

    To look through it again and again would take a tenth of the time.
    """
    collected = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collected:
            gc.enable()


def build_pipeline(settings: PipelineSettings | None = None) -> MinutesPipeline:
    """A pipeline with the recognisers that the settings name.

    Raises:
        ExtractionError: a name is not registered, options don't fit, or a component reads what none before it writes.
    """
    chosen = settings or PipelineSettings()
    for module in (*_MODULES, _OWN_MODELS):
        import_module(module)
    for entry in entry_points(group="minutes_nlp.recognisers"):
        entry.load()
    nlp = spacy.blank("xx")
    for part, name in chosen.recognisers.items():
        if part not in DEFAULT_RECOGNISERS:
            known = ", ".join(DEFAULT_RECOGNISERS)
            raise ExtractionError(
                "pipeline.part", f"There is no part {part!r}; there are: {known}.", part=part, known=known
            )
        if not name:
            continue
        if not nlp.has_factory(factory_name(name)):
            known = ", ".join(sorted(n.replace("_", ".") for n in nlp.factory_names if n.startswith("minutes_")))
            raise ExtractionError(
                "pipeline.recogniser",
                f"No recogniser is registered as {name!r}; there are: {known}.",
                name=name,
                known=known,
            )
        _add(nlp, part, name, chosen.options.get(part, {}))
    _check(nlp)
    return MinutesPipeline(nlp, chosen)


def _add(nlp: Language, part: str, name: str, options: Mapping[str, object]) -> None:
    try:
        json.dumps(dict(options), allow_nan=False)  # spaCy keeps options as JSON, which has no dates and no infinity
        nlp.add_pipe(factory_name(name), name=part, config=dict(options))
    except (TypeError, ValueError) as error:
        found = error.errors if isinstance(error, ConfigValidationError) else ()
        reason = "; ".join(f"{entry['loc'][-1]}: {entry['msg']}" for entry in found) or str(error)
        raise ExtractionError(
            "pipeline.options",
            f"The options of {part!r} don't fit {name} ({reason}).",
            part=part,
            name=name,
            reason=reason,
        ) from error


def _check(nlp: Language) -> None:
    """Every component must find what it reads written by one before it."""
    written = {"doc._.minutes_text"}
    for name in nlp.pipe_names:
        meta = nlp.get_pipe_meta(name)
        if missing := sorted(set(meta.requires) - written):
            raise ExtractionError(
                "pipeline.order",
                f"The recogniser {name!r} reads {', '.join(missing)}, which none before it writes.",
                name=name,
                missing=", ".join(missing),
            )
        written |= set(meta.assigns)
