"""Whatever record is saved, the same is loaded."""

import sqlite3
import string
from collections.abc import Iterator
from contextlib import closing

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invented_records import NOON, facts

from minutes_nlp.records import (
    ActionItem,
    AgendaItem,
    Attendance,
    Decision,
    Evidence,
    Meeting,
    MeetingRecord,
    OcrFacts,
    Passage,
    ScheduleEntry,
)
from minutes_nlp.records.items import Due, Owner
from minutes_nlp.resources import themes
from minutes_nlp.store.connect import open_database
from minutes_nlp.store.load import load_record
from minutes_nlp.store.write import delete_document, save_record

CHARACTERS = st.one_of(
    st.sampled_from(string.ascii_letters + " \n\t.,'\"%_é’œ👍\u0301\ufeff\u2028"),
    st.characters(exclude_characters="\0", exclude_categories=["Cs"]),
)
TEXTS = st.text(CHARACTERS, min_size=1, max_size=60)
NAMES = st.text(CHARACTERS, max_size=12)
CONFIDENCES = st.floats(0, 1)
LANGUAGES = st.sampled_from([None, "nl", "fr", "en", "de"])
THEMES = st.lists(st.sampled_from([theme["id"] for theme in themes()]), unique=True, max_size=3).map(tuple)
DAYS = st.one_of(st.none(), st.dates().map(str))
TIMES = st.times().map(lambda time: time.isoformat("minutes"))
PAGES = st.lists(st.integers(1, 2000), unique=True, max_size=3).map(tuple)
OCR = st.one_of(
    st.none(),
    st.tuples(PAGES, CONFIDENCES, PAGES).map(
        lambda ocr: OcrFacts(pages=ocr[0], confidence=ocr[1] if ocr[0] else None, unread=ocr[2])
    ),
)
DEADLINES = st.one_of(DAYS, st.dates().map(lambda day: str(day)[:7]))


def evidences(text: str) -> st.SearchStrategy[Evidence]:
    ends = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted)
    return ends.map(lambda span: Evidence(start=span[0], end=span[1], quote=text[span[0] : span[1]]))


def found(kind: type, text: str, **fields: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.builds(kind, evidence=evidences(text), recogniser=NAMES, confidence=CONFIDENCES, **fields)


def lists(entries: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(entries, max_size=4).map(tuple)


@st.composite
def records(draw: st.DrawFn) -> MeetingRecord:
    text = draw(TEXTS)
    maybe_name = st.one_of(st.none(), NAMES)
    maybe_time = st.one_of(st.none(), TIMES)
    status = st.sampled_from(["present", "excused", "absent"])
    role = st.sampled_from([None, "chair", "secretary"])
    attendance = draw(lists(found(Attendance, text, name=NAMES, status=status, organisation=maybe_name, role=role)))
    level = st.integers(1, 9)
    extent = st.integers(0, len(text))
    items = draw(
        lists(
            found(
                AgendaItem,
                text,
                number=maybe_name,
                title=NAMES,
                level=level,
                themes=THEMES,
                language=LANGUAGES,
                extent_end=extent,
            )
        )
    )
    item = st.sampled_from([None, *range(len(items))])
    attendees = range(len(attendance))
    candidates = st.lists(st.sampled_from(attendees), unique=True).map(tuple) if attendance else st.just(())
    owner = st.builds(
        Owner,
        name=NAMES,
        evidence=st.one_of(st.none(), evidences(text)),
        attendee=st.sampled_from([None, *attendees]),
        candidates=candidates,
        recogniser=NAMES,
        confidence=CONFIDENCES,
    )
    action = found(
        ActionItem,
        text,
        owners=lists(owner),
        due=st.one_of(st.none(), found(Due, text, value=DEADLINES)),
        status=st.sampled_from(["open", "done"]),
        item=item,
        language=LANGUAGES,
        repeat=st.booleans(),
    )
    meeting = st.builds(
        Meeting,
        title=maybe_name,
        body=maybe_name,
        date=DAYS,
        start_time=maybe_time,
        end_time=maybe_time,
        location=maybe_name,
        next_meeting=DAYS,
        languages=lists(st.sampled_from(["nl", "fr"])),
        evidence=st.dictionaries(st.sampled_from(["title", "body", "date", "location"]), evidences(text)),
        recogniser=NAMES,
        confidence=CONFIDENCES,
    )
    passage = evidences(text).flatmap(
        lambda span: st.builds(
            Passage, start=st.just(span.start), end=st.just(span.end), kind=NAMES, level=level, language=LANGUAGES
        )
    )
    return MeetingRecord(
        document=facts(draw(st.sampled_from(["a.txt", "map/é b.docx"])), text).model_copy(update={"ocr": draw(OCR)}),
        text=text,
        meeting=draw(meeting),
        attendance=attendance,
        schedule=draw(lists(found(ScheduleEntry, text, start_time=TIMES, end_time=maybe_time, title=NAMES))),
        agenda_items=items,
        decisions=draw(lists(found(Decision, text, item=item, language=LANGUAGES, repeat=st.booleans()))),
        actions=draw(lists(action)),
        themes=draw(THEMES),
        passages=draw(lists(passage)),
    )


@pytest.fixture(scope="module")
def shared_db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """One database for all examples: what an earlier one left behind would show."""
    with closing(open_database(tmp_path_factory.mktemp("db") / "minutes.db", mode="write")) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        yield connection


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(record=records())
def test_what_is_saved_is_loaded(shared_db: sqlite3.Connection, record: MeetingRecord) -> None:
    save_record(shared_db, record, ingested_at=NOON)
    assert load_record(shared_db, record.document.path) == record
    shared_db.execute("INSERT INTO passages_fts (passages_fts, rank) VALUES ('integrity-check', 1)")
    assert shared_db.execute("PRAGMA foreign_key_check").fetchall() == []


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(record=records())
def test_what_is_deleted_leaves_nothing(shared_db: sqlite3.Connection, record: MeetingRecord) -> None:
    save_record(shared_db, record, ingested_at=NOON)
    for (path,) in shared_db.execute("SELECT path FROM documents").fetchall():
        delete_document(shared_db, path)
    left = "SELECT (SELECT count(*) FROM evidence) + (SELECT count(*) FROM people) + (SELECT count(*) FROM passages)"
    assert shared_db.execute(left).fetchone() == (0,)
