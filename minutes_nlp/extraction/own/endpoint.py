"""Asks an endpoint what a text says, and keeps of the answers only what is written in the text."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pydantic import ValidationError

from minutes_nlp.extraction.base import OwnerMention
from minutes_nlp.extraction.own.answers import (
    SHAPES,
    ActionAnswer,
    Answer,
    Answers,
    AttendanceAnswer,
    DecisionAnswer,
    ThemeAnswer,
    schema,
)
from minutes_nlp.extraction.own.chat import Endpoint, ask
from minutes_nlp.extraction.own.grounding import Unused, nearest, occurrences
from minutes_nlp.extraction.own.labels import targets
from minutes_nlp.extraction.own.sources import ModelSpan
from minutes_nlp.resources import section
from minutes_nlp.spans import CharSpan, cover

_LOG = logging.getLogger(__name__)
_FENCED = re.compile(r"\s*```(?:json)?\s*\n(.*?)\n\s*```\s*", re.DOTALL)


@dataclass(slots=True)
class EndpointSpans:
    """The passages that a language model quotes.

    Attributes:
        part: of the pipeline.
        endpoint: whom to ask.
        characters: how many characters of the text are sent at most with one question.
        counts: `kept` and `dropped` quotes, of all documents so far.
    """

    part: str
    endpoint: Endpoint
    characters: int
    counts: Counter[str] = field(default_factory=Counter)

    def find(self, text: str, passages: Sequence[CharSpan]) -> list[ModelSpan]:
        """See `SpanSource.find`.

        Raises:
            ModelError: the endpoint does not answer as it must.
        """
        before = self.counts["dropped"]
        found: list[ModelSpan] = []
        for window in self._windows([part for passage in passages for part in self._parts(passage, text)]):
            sent = "\n".join(passage.text(text) for passage in window)
            if sent.strip():
                found += self._grounded(self._ask(sent), text, cover(window))
        if dropped := self.counts["dropped"] - before:
            _LOG.warning(
                "%s: %d answers of %s do not stand in the text and were dropped.",
                self.part,
                dropped,
                self.endpoint.model,
            )
        return found

    def _parts(self, passage: CharSpan, text: str) -> Iterator[CharSpan]:
        """A passage in parts that can be sent, divided at white space if there is any; most are one part."""
        start = passage.start
        while passage.end - start > self.characters:
            end = start + self.characters
            space = max(text.rfind(sign, start + 1, end + 1) for sign in " \n")
            end = space if space > start else end
            yield CharSpan(start, end)
            start = end
        yield CharSpan(start, passage.end)

    def _windows(self, passages: Sequence[CharSpan]) -> Iterator[list[CharSpan]]:
        """Neighbouring passages that are sent together; of themes, each item by itself."""
        window: list[CharSpan] = []
        for passage in passages:
            longer = sum(entry.length + 1 for entry in window) + passage.length > self.characters
            if window and (longer or self.part == "themes"):
                yield window
                window = []
            window.append(passage)
        if window:
            yield window

    def _ask(self, sent: str) -> Answers:
        prompts = section("en", "prompts")
        messages = [
            {"role": "system", "content": f"{prompts['general']}\n{prompts[self.part]}"},
            {"role": "user", "content": sent},
        ]
        return ask(self.endpoint, messages, schema(self.part), self._read)

    def _read(self, content: str) -> Answers:
        fenced = _FENCED.fullmatch(content)
        try:
            return SHAPES[self.part].model_validate_json(fenced[1] if fenced else content)
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            where = ".".join(map(str, first["loc"]))
            raise ValueError(f"{where}: {first['msg']}" if where else first["msg"]) from error

    def _grounded(self, answers: Answers, text: str, within: CharSpan) -> Iterator[ModelSpan]:
        unused = Unused(text, within)
        for answer in answers.found:
            if isinstance(answer, ThemeAnswer):  # the same words may show several themes
                known = answer.theme in targets("themes")
                span = self._kept(next(occurrences(text, answer.quote, within), None) if known else None)
            else:
                span = self._kept(unused.find(answer.quote))
            if span is not None:
                yield self._span(answer, span, text, within)

    def _span(self, answer: Answer, span: CharSpan, text: str, within: CharSpan) -> ModelSpan:
        """An answer whose quote stands at `span`; what else it quotes has to stand in the text, too."""

        def find(quote: str | None, place: CharSpan) -> CharSpan | None:
            return None if quote is None else self._kept(nearest(text, quote, place, span))

        match answer:
            case ActionAnswer():
                here = _lines(text, span)
                owners = [found for quote in answer.owners if (found := find(quote, within)) is not None]
                return ModelSpan(
                    span,
                    "action",
                    owners=tuple(OwnerMention(_readable(owner, text), owner) for owner in owners),
                    due=find(answer.due, here),
                    done=find(answer.done, here) is not None,
                )
            case AttendanceAnswer():
                place = find(answer.organisation, within)
                organisation = _readable(place, text) if place is not None else None
                return ModelSpan(span, answer.status, organisation=organisation, role=answer.role)
            case ThemeAnswer():
                return ModelSpan(span, answer.theme)
            case DecisionAnswer():
                return ModelSpan(span, "decision")

    def _kept(self, span: CharSpan | None) -> CharSpan | None:
        """The place of a quote, counted."""
        self.counts["dropped" if span is None else "kept"] += 1
        return span


def _lines(text: str, span: CharSpan) -> CharSpan:
    """The whole blocks that a passage lies in; a block has no line end in it."""
    end = text.find("\n", span.end)
    return CharSpan(text.rfind("\n", 0, span.start) + 1, len(text) if end < 0 else end)


def _readable(span: CharSpan, text: str) -> str:
    return " ".join(span.text(text).split())
