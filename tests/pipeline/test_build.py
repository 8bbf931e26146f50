"""The pipeline fits together, or says why not before any text is read."""

import warnings

import pytest

from minutes_nlp.errors import ExtractionError
from minutes_nlp.extraction.base import recogniser
from minutes_nlp.pipeline import DEFAULT_RECOGNISERS, PipelineSettings, build_pipeline
from minutes_nlp.reading import read_content

MINUTES = """Verslag werkgroep Zwerfvuil, 12 maart 2025

Aanwezig: Toon Verlinde (voorzitter), Ilse Moens
Verontschuldigd: Pol Raes

1. Begroting
De begroting wordt unaniem goedgekeurd.

2. Opruimactie
Ilse Moens bestelt de handschoenen tegen 1 april 2025.
"""


def record(settings: PipelineSettings | None = None, text: str = MINUTES):
    return build_pipeline(settings).process(read_content(text.encode(), name="a.txt"))


def test_the_frozen_names_of_the_recognisers() -> None:
    assert DEFAULT_RECOGNISERS == {
        "layout": "minutes.layout.v1",
        "meeting": "minutes.meeting.v1",
        "attendance": "minutes.attendance.v2",
        "schedule": "minutes.schedule.v1",
        "decisions": "minutes.decisions.v2",
        "actions": "minutes.actions.v2",
        "themes": "minutes.themes.v2",
    }


def test_one_document_from_text_to_record() -> None:
    found = record()
    assert found.meeting.date == "2025-03-12"
    assert {(a.name, a.status) for a in found.attendance} == {
        ("Toon Verlinde", "present"),
        ("Ilse Moens", "present"),
        ("Pol Raes", "excused"),
    }
    assert [i.title for i in found.agenda_items] == ["Begroting", "Opruimactie"]
    assert [d.evidence.quote for d in found.decisions] == ["De begroting wordt unaniem goedgekeurd."]
    (action,) = found.actions
    assert action.evidence.quote == "Ilse Moens bestelt de handschoenen tegen 1 april 2025."
    assert [owner.name for owner in action.owners] == ["Ilse Moens"]
    assert action.due is not None
    assert (action.due.value, action.item) == ("2025-04-01", 1)


def test_every_value_names_its_recogniser_and_its_exact_place() -> None:
    found = record()
    for entry in (*found.attendance, *found.agenda_items, *found.decisions, *found.actions):
        assert entry.recogniser.startswith("minutes.")
        assert found.text[entry.evidence.start : entry.evidence.end] == entry.evidence.quote


def test_the_same_text_gives_the_same_record_twice() -> None:
    assert record() == record()


def test_a_text_that_says_nothing_gives_an_empty_record_and_no_error() -> None:
    found = record(text="zzz\n")
    assert found.meeting.date is None
    assert (found.attendance, found.decisions, found.actions) == ((), (), ())


def test_processing_gives_no_warning() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        record()


def test_a_part_can_be_left_out() -> None:
    found = record(PipelineSettings({**DEFAULT_RECOGNISERS, "decisions": ""}))
    assert found.decisions == ()
    assert found.actions


def test_a_recogniser_can_be_swapped_by_name() -> None:
    @recogniser("minutes.nobody.v1", reads=["minutes_text"], writes=["minutes_attendance"])
    def nobody(nlp, name):
        def component(doc):
            doc._.minutes_attendance = []
            return doc

        return component

    found = record(PipelineSettings({**DEFAULT_RECOGNISERS, "attendance": "minutes.nobody.v1"}))
    assert found.attendance == ()


def test_an_unknown_recogniser_is_refused_with_the_known_names() -> None:
    with pytest.raises(ExtractionError, match=r"minutes\.attendance\.v1") as error:
        build_pipeline(PipelineSettings({**DEFAULT_RECOGNISERS, "attendance": "minutes.attendence.v1"}))
    assert error.value.code == "pipeline.recogniser"


def test_an_unknown_part_is_refused() -> None:
    with pytest.raises(ExtractionError) as error:
        build_pipeline(PipelineSettings({**DEFAULT_RECOGNISERS, "votes": "minutes.votes.v1"}))
    assert error.value.code == "pipeline.part"


def test_a_component_that_reads_what_none_writes_is_refused() -> None:
    with pytest.raises(ExtractionError, match="minutes_layout") as error:
        build_pipeline(PipelineSettings({"themes": "minutes.themes.v1"}))
    assert error.value.code == "pipeline.order"


def test_the_fingerprint_changes_with_the_recognisers_and_options() -> None:
    plain = build_pipeline().fingerprint
    assert plain == build_pipeline().fingerprint
    assert plain != build_pipeline(PipelineSettings({**DEFAULT_RECOGNISERS, "themes": ""})).fingerprint


def test_options_that_a_recogniser_does_not_have_are_refused() -> None:
    with pytest.raises(ExtractionError, match="nosuch") as caught:
        build_pipeline(PipelineSettings(options={"themes": {"nosuch": 1}}))
    assert caught.value.code == "pipeline.options"
