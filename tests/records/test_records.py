"""Records refuse what the text does not prove."""

import datetime

import pytest
from pydantic import ValidationError

from minutes_nlp.records import ActionItem, Decision, DocumentFacts, Evidence, Meeting, MeetingRecord, OcrFacts
from minutes_nlp.records.items import Due, Owner

TEXT = "Jef belt tegen mei."


def facts() -> DocumentFacts:
    return DocumentFacts(path="2024/a.txt", sha256="0" * 64, media_type="text/plain", encoding="utf-8", size=19)


def evidence(quote: str) -> Evidence:
    start = TEXT.index(quote)
    return Evidence(start=start, end=start + len(quote), quote=quote)


def test_a_quote_must_be_as_long_as_its_span() -> None:
    with pytest.raises(ValidationError):
        Evidence(start=0, end=3, quote="Jef belt")


def test_a_quote_must_stand_in_the_text_at_its_offsets() -> None:
    good = Decision(evidence=evidence("Jef belt"))
    assert MeetingRecord(document=facts(), text=TEXT, decisions=(good,)).decisions == (good,)
    moved = Decision(evidence=Evidence(start=1, end=9, quote="Jef belt"))
    with pytest.raises(ValidationError, match="is not 'Jef belt'"):
        MeetingRecord(document=facts(), text=TEXT, decisions=(moved,))


def test_the_evidence_of_owners_and_deadlines_is_checked_too() -> None:
    wrong = Evidence(start=0, end=3, quote="Jan")
    for action in (
        ActionItem(evidence=evidence(TEXT), owners=(Owner(name="Jan", evidence=wrong),)),
        ActionItem(evidence=evidence(TEXT), due=Due(value="2024-05", evidence=wrong)),
    ):
        with pytest.raises(ValidationError):
            MeetingRecord(document=facts(), text=TEXT, actions=(action,))


def test_an_index_must_exist() -> None:
    with pytest.raises(ValidationError, match="no agenda item 0"):
        MeetingRecord(document=facts(), text=TEXT, decisions=(Decision(evidence=evidence("Jef"), item=0),))
    action = ActionItem(evidence=evidence(TEXT), owners=(Owner(name="Jef", attendee=0),))
    with pytest.raises(ValidationError, match="no attendee 0"):
        MeetingRecord(document=facts(), text=TEXT, actions=(action,))


@pytest.mark.parametrize(
    ("value", "last"),
    [
        ("2024-02", datetime.date(2024, 2, 29)),
        ("2023-12", datetime.date(2023, 12, 31)),
        ("2024-05-03", datetime.date(2024, 5, 3)),
        (None, None),
    ],
)
def test_a_month_is_in_time_until_its_last_day(value: str | None, last: datetime.date | None) -> None:
    assert Due(value=value, evidence=evidence("mei")).last_day() == last


@pytest.mark.parametrize(
    "value", ["2024-02-31", "2023-02-29", "2024-13", "2024-00-10", "0000-01", "24-05-03", "2024-5"]
)
def test_a_day_that_the_calendar_lacks_is_refused(value: str) -> None:
    with pytest.raises(ValidationError):
        Due(value=value, evidence=evidence("mei"))
    with pytest.raises(ValidationError):
        Meeting(date=value)
    with pytest.raises(ValidationError):
        Meeting(next_meeting=value)


def test_a_leap_day_is_a_day() -> None:
    assert Meeting(date="2024-02-29").date == Due(value="2024-02-29", evidence=evidence("mei")).value


def test_the_id_of_a_document_depends_on_its_path_alone() -> None:
    assert facts().id == facts().model_copy(update={"size": 20}).id
    assert facts().id != facts().model_copy(update={"path": "2024/b.txt"}).id


def test_the_evaluation_view_has_the_fields_of_the_guideline() -> None:
    view = MeetingRecord(document=facts(), text=TEXT).evaluation_view()
    assert set(view) == {
        "doc",
        "meeting",
        "attendance",
        "schedule",
        "agenda_items",
        "decisions",
        "actions",
        "themes",
        "text",
    }
    assert set(view["meeting"]) == {
        "title",
        "body",
        "date",
        "start_time",
        "end_time",
        "location",
        "next_meeting",
        "languages",
    }


def test_the_evaluation_view_says_of_a_scan_that_ocr_read_it_and_how_surely() -> None:
    scanned = facts().model_copy(update={"ocr": OcrFacts(pages=(1, 2), confidence=0.91, unread=(4,))})
    view = MeetingRecord(document=scanned, text=TEXT).evaluation_view()
    assert view["ocr"] == {"pages": [1, 2], "confidence": 0.91, "unread": [4]}


@pytest.mark.parametrize(("pages", "confidence"), [((1,), None), ((), 0.9), ((0,), 0.9), ((1,), 1.1)])
def test_ocr_is_sure_of_pages_that_it_read_and_of_no_others(pages: tuple[int, ...], confidence: float | None) -> None:
    assert OcrFacts(pages=(), confidence=None, unread=(1,)).unread == (1,)
    with pytest.raises(ValidationError):
        OcrFacts(pages=pages, confidence=confidence)
