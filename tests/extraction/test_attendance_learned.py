"""Names that a trained classifier takes where the rules find next to nobody."""

from pathlib import Path

import numpy as np
import pytest
from attendance_cases import read

from minutes_nlp.extraction.attendance import find_attendance
from minutes_nlp.extraction.attendance_learned import ATTENDS, AWAY, BESIDE, FEW, find_learned, likely_people
from minutes_nlp.extraction.attendance_mentions import left_over, mentions
from minutes_nlp.extraction.linear import LinearModel
from minutes_nlp.language import NormalisedText
from minutes_nlp.layout import Layout, analyse
from minutes_nlp.pipeline import DEFAULT_RECOGNISERS, PipelineSettings, build_pipeline
from minutes_nlp.reading import read_content

LISTED = (
    "Atelier du Nord – CR réunion du 18 mars 2014\n\n"
    "Une dizaine de personnes, dont Hervé, Jens, Marianne, Éric et un correspondant du journal.\n\nTour des projets\n"
)
REPORT = "Begroting\n\nDe raming is klaar. Volgens Jens is de zaal te duur, zegt de krant van Gent.\n"


def _taken(text: str) -> tuple[NormalisedText, Layout]:
    normalised = read(text)
    return normalised, analyse(normalised)


def _everything() -> LinearModel:
    """A model that takes each name it is asked about."""
    return LinearModel(np.zeros(2, dtype=np.float32), 5.0, 1.0, 0.0, 0.5)


def test_a_list_without_any_label_is_found() -> None:
    normalised, layout = _taken(LISTED)
    assert find_attendance(normalised, layout) == []
    found = find_learned(normalised, layout, [])
    assert {attendee.name for attendee in found} == {"Hervé", "Jens", "Marianne", "Éric"}
    assert all(attendee.status == "present" and BESIDE <= attendee.confidence <= 1 for attendee in found)
    assert all(attendee.span.text(normalised.text) == attendee.name for attendee in found)


def test_names_in_a_report_are_not_taken() -> None:
    assert find_learned(*_taken(REPORT), []) == []


def test_where_the_rules_found_a_list_nobody_is_added() -> None:
    text = "Aanwezig: An Claes, Bo Smets, Cas Maes\n\n" + LISTED
    normalised, layout = _taken(text)
    found = find_attendance(normalised, layout)
    assert len(found) > FEW
    assert find_learned(normalised, layout, found) == []


def test_what_the_rules_found_and_its_organisation_are_left_out() -> None:
    normalised, layout = _taken("Aanwezig: An Claes (Huis Marie)\n\nMet An en Huis Marie sprak ook Bo Smets.\n")
    found = find_attendance(normalised, layout)
    names = {m.entry.name.text(normalised.text) for m in left_over(mentions(normalised, layout), found)}
    assert names == {"Bo Smets"}


def test_a_person_named_twice_is_one() -> None:
    normalised, layout = _taken("Bo Smets opent.\nBo leest voor, Bo Smets sluit af.\n")
    chosen = likely_people(mentions(normalised, layout), _everything())
    assert len(chosen) == 1


def test_no_feature_holds_the_name() -> None:
    normalised, layout = _taken("Aanwezig: Zebulon Quarks\n\nZebulon Quarks sluit de vergadering.\n")
    features = {name.casefold() for mention in mentions(normalised, layout) for name in mention.features}
    assert not [name for name in features if "zebulon" in name or "quarks" in name]


@pytest.mark.parametrize(("version", "people"), [("v1", 0), ("v2", 4)])
def test_the_second_version_of_the_recogniser_asks_the_classifier(version: str, people: int) -> None:
    recognisers = {**DEFAULT_RECOGNISERS, "attendance": f"minutes.attendance.{version}"}
    record = build_pipeline(PipelineSettings(recognisers)).process(read_content(LISTED.encode(), name="a.txt"))
    assert len(record.attendance) == people


def test_other_models_may_take_the_place_of_the_shipped_ones(tmp_path: Path) -> None:
    for name in (ATTENDS, AWAY):
        _everything().save(tmp_path / f"{name}.npz")
    normalised, layout = _taken("het bestuur hoorde dat Jens de zaal te duur vindt.\n")
    assert [(a.name, a.status) for a in find_learned(normalised, layout, [], str(tmp_path))] == [("Jens", "excused")]
