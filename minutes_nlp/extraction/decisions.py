"""`minutes.decisions.v1` and `v2`: decisions by weighted cues, and by these with a trained model."""

from __future__ import annotations

from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from minutes_nlp.extraction.base import DecisionFinding, attendance_of, mark, recogniser, text_of
from minutes_nlp.extraction.decision_passages import JudgedUnit, join_units
from minutes_nlp.extraction.judges import BlendedJudge, CueJudge, Judge
from minutes_nlp.extraction.names import names_of
from minutes_nlp.extraction.repeats import Passage, Repeats, translations
from minutes_nlp.extraction.units import Unit, units_of
from minutes_nlp.language.normalise import CELL_SEPARATOR
from minutes_nlp.spans import CharSpan, cover

_WORDS = "decisions"


@recogniser(
    "minutes.decisions.v1",
    reads=["minutes_text", "minutes_layout", "minutes_attendance"],
    writes=["minutes_decisions"],
    options={"threshold": None},
)
class DecisionRecogniser:
    """Finds the passages by which the meeting settles something.

    Reads: the normalised text, the layout, the attendance. Writes: `doc._.minutes_decisions`,
    `doc.spans["minutes.decisions"]`.

    Options: `threshold`, the probability from which a unit is taken, instead of the one of the word lists.

    Quality: see `models/linear/README.md`.
    """

    def __init__(self, nlp: Language, name: str, threshold: float | None = None) -> None:  # noqa: ARG002
        self.name = name
        self.judge: Judge = CueJudge(_WORDS, threshold)

    def __call__(self, doc: Doc) -> Doc:
        """Annotate and return the document."""
        text = text_of(doc).text  # spaCy joins `doc.text` anew each time
        names = names_of(attendance_of(doc), text)
        judged: list[JudgedUnit] = []
        for unit in units_of(doc):
            found = self.judge.judge(unit, names)
            judged.append(JudgedUnit(unit, found.probability, found.taken, found.signals.features))
        repeats, places = Repeats(), set[tuple[str, ...]]()
        findings: list[DecisionFinding] = []
        for passage in join_units(judged):
            stated = judged[passage.first : passage.last + 1]
            units = [entry.unit for entry in stated]
            span = longest_cell(units[0]) if stated[0].marked and len(units) == 1 else cover(u.span for u in units)
            place = (*units[0].headings, units[0].title, span.text(text).casefold())
            repeated = repeats.seen(span.text(text))
            if repeated and place in places:
                continue  # printed twice below one heading
            places.add(place)
            findings.append(DecisionFinding(span, units[-1].block, round(passage.probability, 3), repeated))
        told = [Passage(finding.span.text(text), finding.block) for finding in findings]
        for position in translations(told, text_of(doc).blocks):
            findings[position] = replace(findings[position], repeat=True)
        doc._.minutes_decisions = findings
        mark(doc, "minutes.decisions", [finding.span for finding in findings])
        return doc


@recogniser(
    "minutes.decisions.v2",
    reads=["minutes_text", "minutes_layout", "minutes_attendance"],
    writes=["minutes_decisions"],
    options={"threshold": 0.255, "share": 0.05, "path": ""},
)
class BlendedDecisionRecogniser(DecisionRecogniser):
    """The same, judged by the cues together with a linear model that was trained on minutes (`models/linear/`).

    Options: `threshold`, the probability from which a unit is taken; `share` of the model, 0 to 1; `path`, a model
    of the user's own that `minutes train` wrote, in place of the shipped one.

    Quality: see `models/linear/README.md`.
    """

    def __init__(self, nlp: Language, name: str, threshold: float, share: float, path: str) -> None:
        super().__init__(nlp, name)
        self.judge = BlendedJudge(_WORDS, threshold, share, path)


def longest_cell(row: Unit) -> CharSpan:
    """The cell of a row that says most, in the normalised text."""
    start, cells = 0, []
    for cell in row.text.split(CELL_SEPARATOR):
        cells.append(CharSpan(start, start + len(cell)).trim(row.text))
        start += len(cell) + len(CELL_SEPARATOR)
    return max(cells, key=lambda span: span.length).shift(row.span.start)
