"""What a person said is laid over what the machine found."""

from __future__ import annotations

import random
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from minutes_nlp.records import ActionItem, Attendance, Evidence, MeetingRecord
from minutes_nlp.records.corrections import Correction, in_force
from minutes_nlp.records.items import Owner
from minutes_nlp.resolution.corrections import apply
from tests.invented_corrections import correct, corrections_of, document, moment, undo
from tests.invented_records import autumn, evidence, facts, spring

AFFICHE = "Noor maakt de affiche tegen 15 april."
TENT = "José vraagt in mei een offerte voor de tent."
SUMMER = "L'été est chaud à Lindebeke."


def of(record: MeetingRecord, quote: str) -> ActionItem:
    """The one action with this quote."""
    (found,) = [action for action in record.actions if action.evidence.quote == quote]
    return found


def test_corrected_fields_of_an_action_hold_and_the_others_stay() -> None:
    record = spring()
    log = [
        correct(record, "action", "owners", TENT, ["Fien Draulans", "Noor Verbiest", "José"]),
        correct(record, "action", "due", TENT, "2024-06-01"),
        correct(record, "action", "status", AFFICHE, "done"),
    ]
    corrected = apply(record, log).record
    tent = of(corrected, TENT)
    assert [owner.name for owner in tent.owners] == ["Fien Draulans", "Noor Verbiest", "José"]
    assert [owner.attendee for owner in tent.owners] == [3, 0, 1]
    assert tent.owners[2].evidence == evidence(record.text, "José", 2)
    assert tent.due is not None
    assert (tent.due.value, tent.due.evidence.quote) == ("2024-06-01", "in mei")
    assert of(corrected, AFFICHE).status == "done"
    assert of(corrected, AFFICHE).due == of(record, AFFICHE).due
    assert corrected.decisions == record.decisions


def test_a_name_inside_another_word_proves_no_owner() -> None:
    record = spring()
    corrected = apply(record, [correct(record, "action", "owners", TENT, ["of"])]).record
    assert of(corrected, TENT).owners[0].evidence is None


def test_an_event_of_a_day_leaves_what_was_read() -> None:
    record = spring()
    log = [correct(record, "action", "status", AFFICHE, "done", on="2024-06-01")]
    result = apply(record, log)
    assert of(result.record, AFFICHE).status == "open"
    assert [(target.role, target.row) for target in result.targets] == [("passage", 0)]


def test_a_rejected_passage_goes_with_what_nearly_repeats_it() -> None:
    record = spring()
    corrected = apply(record, [correct(record, "action", "exists", AFFICHE, False)]).record
    assert [action.evidence.quote for action in corrected.actions] == [
        TENT,
        "De zaal werd gereserveerd door Noor.",
        "De sleutels worden binnenkort bezorgd.",
    ]


def test_what_was_missed_stands_where_it_belongs() -> None:
    record = spring()
    log = [
        correct(record, "action", "exists", SUMMER, True),
        correct(record, "action", "owners", SUMMER, ["Noor Verbiest"]),
        correct(record, "decision", "exists", "De zaal werd gereserveerd door Noor.", True),
    ]
    corrected = apply(record, log).record
    added = of(corrected, SUMMER)
    assert corrected.actions.index(added) == 2
    assert (added.item, added.language, added.recogniser) == (2, "nl", "minutes.correction.v1")
    assert [decision.evidence.quote for decision in corrected.decisions][1:] == ["De zaal werd gereserveerd door Noor."]


def test_an_added_row_stays_away_when_it_is_rejected_later_and_comes_back_when_confirmed_again() -> None:
    record = spring()
    yes, no, again = (correct(record, "decision", "exists", SUMMER, value) for value in (True, False, True))
    assert len(apply(record, [yes]).record.decisions) == 2
    assert len(apply(record, [yes, no]).record.decisions) == 1
    assert len(apply(record, [yes, no, again]).record.decisions) == 2


def test_another_quote_moves_the_row_and_takes_the_other_corrections_along() -> None:
    record = spring()
    whole = "Affiche\nNoor maakt de affiche tegen 15 april."
    log = [
        correct(record, "action", "status", AFFICHE, "done"),
        correct(record, "action", "quote", AFFICHE, evidence(record.text, whole).model_dump()),
        correct(record, "action", "due", AFFICHE, "2024-05"),
        correct(record, "action", "owners", whole, ["Fien"]),
    ]
    corrected = apply(record, log).record
    assert len(corrected.actions) == len(record.actions)
    action = of(corrected, whole)
    assert (action.status, action.due and action.due.value) == ("done", "2024-05")
    assert [owner.name for owner in action.owners] == ["Fien"]


def test_a_corrected_attendance_list_carries_the_owners_along() -> None:
    record = spring()
    log = [
        correct(record, "attendance", "name", "Noor Verbiest", "Noor Verbist"),
        correct(record, "attendance", "exists", "OCMW Lindebeke", False),
    ]
    corrected = apply(record, log).record
    assert [entry.name for entry in corrected.attendance] == ["Noor Verbist", "José Ampère", "Fien Draulans"]
    assert [owner.name for owner in of(corrected, AFFICHE).owners] == ["Noor Verbist"]
    (jose,) = of(corrected, TENT).owners
    assert (jose.name, jose.attendee, jose.candidates) == ("José Ampère", 1, ())


def test_an_owner_finds_an_attendee_that_was_missed() -> None:
    record = spring()
    fewer = record.model_copy(update={"attendance": record.attendance[:2], "actions": (record.actions[3],)})
    action = fewer.actions[0].model_copy(update={"owners": (Owner(name="Fien"),)})
    fewer = fewer.model_copy(update={"actions": (action,)})
    corrected = apply(fewer, [correct(record, "attendance", "exists", "Fien Draulans", True)]).record
    assert [(owner.name, owner.attendee) for owner in corrected.actions[0].owners] == [("Fien Draulans", 2)]


def test_a_rejected_heading_hands_over_what_stands_below_it() -> None:
    record = spring()
    corrected = apply(record, [correct(record, "agenda_item", "exists", "2.1 Affiche", False)]).record
    assert [item.number for item in corrected.agenda_items] == ["1", "2"]
    assert [action.item for action in corrected.actions] == [1, 1, 1, None, 1]
    corrected = apply(record, [correct(record, "agenda_item", "exists", "2. Zomerfeest", False)]).record
    assert [(item.number, item.extent_end) for item in corrected.agenda_items] == [
        ("1", len(record.text)),
        ("2.1", len(record.text)),
    ]
    assert corrected.themes == ("meeting-procedure",)


def test_a_missed_heading_takes_over_what_stands_below_it() -> None:
    record = spring()
    corrected = apply(record, [correct(record, "agenda_item", "exists", SUMMER, True)]).record
    assert [item.title for item in corrected.agenda_items][3:] == [SUMMER]
    assert [action.item for action in corrected.actions] == [2, 2, 3, 3, 2]
    assert record.text[: corrected.agenda_items[2].extent_end].endswith("voor de tent.")


def test_facts_of_the_meeting_keep_the_passage_that_was_misread_and_lose_any_other_proof() -> None:
    record = spring()
    misread = correct(record, "meeting", "date", "4 maart 2024", "2024-03-14")
    corrected = apply(record, [misread]).record
    assert corrected.meeting.date == "2024-03-14"
    assert corrected.meeting.evidence["date"].quote == "4 maart 2024"
    place = document(record)
    elsewhere = Correction.make(at=moment(), who="an", kind="meeting", field="date", document=place, value="2024-03-05")
    corrected = apply(record, [elsewhere]).record
    assert corrected.meeting.date == "2024-03-05"
    assert set(corrected.meeting.evidence) == {"title"}
    assert apply(corrected, [elsewhere]).record == corrected


def test_facts_of_a_meeting_do_not_fit_the_minutes_of_another_one_in_its_file() -> None:
    record, other = spring(), autumn(spring().document.path)
    place = document(record)
    log = [
        correct(record, "meeting", "location", "4 maart 2024", "Raadzaal"),
        Correction.make(at=moment(), who="an", kind="meeting", field="title", document=place, value="Lente"),
    ]
    assert apply(record, log).record.meeting.location == "Raadzaal"
    result = apply(other, log)
    assert result.record == other
    assert [target.span for target in result.targets] == [None, None]
    text = record.text.replace("Ontvangst", "Onthaal")
    mended = apply(MeetingRecord(document=facts(record.document.path, text), text=text), log)
    assert mended.record.meeting.location == "Raadzaal"
    assert [target.span is None for target in mended.targets] == [True, False], "nothing tells where the title stood"


def test_a_rejected_link_needs_no_action_an_accepted_one_does() -> None:
    record = spring()
    other = {"document": {"path": "b.txt", "sha256": "0" * 64}, "span": evidence(record.text, "Zomerfeest")}
    for value, count in ((False, 5), (True, 6)):
        link = correct(record, "link", "closes", SUMMER, value, other=other)
        assert len(apply(record, [link]).record.actions) == count


def test_of_a_machine_that_finds_less_the_corrected_rows_remain() -> None:
    record = spring()
    log = [
        correct(record, "action", "owners", TENT, ["Fien Draulans"]),
        correct(record, "action", "status", AFFICHE, "done", on="2024-05-01"),
        correct(record, "decision", "exists", SUMMER, True),
    ]
    poorer = record.model_copy(update={"actions": (), "decisions": ()})
    result = apply(poorer, log)
    assert [action.evidence.quote for action in result.record.actions] == [AFFICHE, TENT]
    assert [owner.name for owner in result.record.actions[1].owners] == ["Fien Draulans"]
    assert [target.row for target in result.targets] == [1, 0, 0]


def test_of_a_machine_that_finds_another_span_the_row_is_not_doubled() -> None:
    record = spring()
    log = [correct(record, "action", "owners", TENT, ["Fien Draulans"])]
    longer = evidence(record.text, TENT + "\n" + SUMMER)
    other = ActionItem(evidence=longer)
    corrected = apply(record.model_copy(update={"actions": (other,)}), log).record
    assert [(action.evidence, action.owners[0].name) for action in corrected.actions] == [(longer, "Fien Draulans")]


def test_in_a_changed_document_the_passage_is_found_again_or_reported_as_lost() -> None:
    record = spring()
    log = [
        correct(record, "action", "exists", AFFICHE, True),
        correct(record, "action", "owners", TENT, ["Fien"]),
        correct(record, "attendance", "status", "Fien Draulans", "absent"),
    ]
    text = record.text.replace(TENT, "José zoekt een zaal.").replace("Datum:", "Plaats: thuis\nDatum:")
    text = text.replace("Noor maakt de affiche tegen", "Noor maakt de\n  affiche tegen")
    changed = MeetingRecord(document=facts(record.document.path, text), text=text)
    result = apply(changed, log)
    assert [action.evidence.quote for action in result.record.actions] == ["Noor maakt de\n  affiche tegen 15 april."]
    assert [entry.name for entry in result.record.attendance] == ["Fien Draulans"]
    assert [target.correction for target in result.targets if target.span is None] == [log[1].id]


def test_a_name_that_left_the_list_is_not_found_elsewhere() -> None:
    record = spring()
    log = [correct(record, "attendance", "status", "Fien Draulans", "absent")]
    text = record.text.replace("Verontschuldigd: Fien Draulans\n", "") + "\nFien Draulans brengt taart mee.\n"
    result = apply(MeetingRecord(document=facts(record.document.path, text), text=text), log)
    assert [target.span for target in result.targets] == [None]
    assert result.record.attendance == ()


def test_a_file_that_was_renamed_keeps_its_corrections_another_one_gets_none() -> None:
    record = spring()
    log = [correct(record, "action", "exists", AFFICHE, False)]
    assert len(apply(spring("archief/oud.txt"), log).record.actions) == 3
    assert apply(autumn(), log).record == autumn()


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_laying_corrections_over_a_corrected_record_changes_nothing(data: st.DataObject) -> None:
    record = spring()
    log = data.draw(st.lists(corrections_of(record), max_size=8))
    once = apply(record, log).record
    assert apply(once, log).record == once
    assert MeetingRecord.model_validate_json(once.model_dump_json()) == once


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_undoing_everything_gives_back_what_the_machine_found(data: st.DataObject) -> None:
    record = spring()
    log: list[Correction] = data.draw(st.lists(corrections_of(record), max_size=6))
    kept = data.draw(st.lists(corrections_of(record), max_size=2))
    assert apply(record, in_force([*log, *map(undo, log)])).record == record
    assert apply(record, in_force([*log, *kept, *map(undo, log)])).record == apply(record, kept).record


@given(st.randoms(use_true_random=False), st.integers(0, 15))
@settings(max_examples=100, deadline=None)
def test_edits_elsewhere_leave_every_correction_on_its_quote(dice: random.Random, edits: int) -> None:
    record = spring()
    rows = [*record.actions[:4], *record.attendance]
    kinds = ["attendance" if isinstance(row, Attendance) else "action" for row in rows]
    log = [correct(record, kind, "exists", row.evidence, True) for kind, row in zip(kinds, rows, strict=True)]
    text, origin = edited(record.text, [row.evidence for row in rows], dice, edits)
    targets = apply(MeetingRecord(document=facts(record.document.path, text), text=text), log).targets
    found = {target.correction: target.span for target in targets}
    for correction in log:
        passage, span = correction.span, found[correction.id]
        assert passage is not None
        if span is None:
            assert len(passage.quote) < 20  # a name whose surroundings were rewritten: it is asked about
        else:
            assert (span.text(text), origin[span.start]) == (passage.quote, passage.start)


def edited(text: str, kept: Sequence[Evidence], dice: random.Random, edits: int) -> tuple[str, list[int | None]]:
    """`text` with words put in and letters taken out, none inside what is kept; and where each letter comes from."""
    letters: list[tuple[str, int | None]] = [(letter, index) for index, letter in enumerate(text)]
    inside = {index for span in kept for index in range(span.start + 1, span.end)}
    protected = inside | {span.start for span in kept}
    words = text.split()
    for _ in range(edits):
        place = dice.randrange(len(letters))
        if dice.random() < 0.5:
            while place < len(letters) and letters[place][1] in inside:
                place += 1
            addition = dice.choice((" ", "\n")).join(dice.choices(words, k=dice.randint(1, 40)))
            letters[place:place] = [(letter, None) for letter in addition + dice.choice((" ", "\n", ""))]
        else:
            while place < len(letters) and letters[place][1] not in protected and dice.random() < 0.95:
                del letters[place]
    return "".join(letter for letter, _ in letters), [origin for _, origin in letters]
