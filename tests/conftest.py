"""What all tests share."""

import datetime
import os
import re
from pathlib import Path

import pytest
from hypothesis import settings

from minutes_nlp.reading.document import SourceDocument
from minutes_nlp.records import ActionItem, Decision, DocumentFacts, Evidence, Meeting, MeetingRecord, Passage
from minutes_nlp.records.items import Due, Owner

ROOT = Path(__file__).resolve().parent.parent

# On a busy machine an example may take any time; `timeout` (pyproject.toml) ends the test that hangs.
settings.register_profile("tests", deadline=None)
settings.load_profile("tests")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update-golden` writes the agreed results anew, instead of comparing with them."""
    parser.addoption("--update-golden", action="store_true", help="write tests/golden/ anew")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The shared corpus and resources: `$MINUTES_SHARED`, or `../shared`; the test is skipped where they are absent."""
    folder = Path(os.environ.get("MINUTES_SHARED") or ROOT.parent / "shared")
    if not (folder / "corpus").is_dir():
        pytest.skip(f"no shared corpus at {folder}")
    return folder


@pytest.fixture(scope="session")
def samples() -> Path:
    """The invented sample minutes that the project ships."""
    return ROOT / "raw"


class LineProcessor:
    """Stands for the pipeline where a test is about what happens around it.

    A line `ACTION <owner> <what>` (with ` BY <day>` at the end, if any) is an action, `DECISION <what>` a decision,
    `DATE <day>` the date; a line `BOOM` makes it break down.
    """

    processed: list[str]

    def __init__(self) -> None:
        self.processed = []

    def process(self, document: SourceDocument) -> MeetingRecord:
        """The record of the document."""
        self.processed.append(document.name)
        if "BOOM" in document.text:
            raise RuntimeError("boom")
        text = document.text
        date = re.search(r"^DATE (\S+)$", text, re.MULTILINE)
        return MeetingRecord(
            document=DocumentFacts(
                path=document.name,
                sha256=document.sha256,
                media_type=document.media_type,
                encoding=document.encoding,
                size=document.size,
            ),
            text=text,
            meeting=Meeting(title=text.split("\n")[0], body="Raad", date=date[1] if date else None, languages=("nl",)),
            decisions=tuple(
                Decision(evidence=_evidence(text, *found.span()), recogniser="test.v1")
                for found in re.finditer(r"^DECISION .*$", text, re.MULTILINE)
            ),
            actions=tuple(_action(text, found) for found in _ACTION.finditer(text)),
            passages=tuple(
                Passage(start=found.start(), end=found.end(), kind="paragraph", language="nl")
                for found in re.finditer(r"^.+$", text, re.MULTILINE)
            ),
        )


_ACTION = re.compile(r"^ACTION (\w+) .*?(?: BY ([\d-]+))?$", re.MULTILINE)


def _evidence(text: str, start: int, end: int) -> Evidence:
    return Evidence(start=start, end=end, quote=text[start:end])


def _action(text: str, found: re.Match[str]) -> ActionItem:
    due = Due(value=found[2], evidence=_evidence(text, *found.span(2))) if found[2] else None
    owner = Owner(name=found[1], evidence=_evidence(text, *found.span(1)))
    return ActionItem(evidence=_evidence(text, *found.span()), owners=(owner,), due=due, recogniser="test.v1")


@pytest.fixture
def processor() -> LineProcessor:
    """A processor that needs no language model."""
    return LineProcessor()


@pytest.fixture
def noon() -> datetime.datetime:
    """The moment at which tests happen."""
    return datetime.datetime(2026, 5, 4, 12, 0, tzinfo=datetime.UTC)
