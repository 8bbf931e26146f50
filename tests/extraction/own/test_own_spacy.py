"""A spaCy pipeline in a folder takes the place of a recogniser: its entities, span groups or categories."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import spacy
from own_cases import MINUTES, read, swapped
from spacy.training import Example
from spacy.util import fix_random_seed

from minutes_nlp.errors import ExtractionError
from minutes_nlp.extraction.base import attendance_of
from minutes_nlp.extraction.own.recognisers import component
from minutes_nlp.extraction.own.sources import UNTOLD
from minutes_nlp.pipeline import build_pipeline
from minutes_nlp.reading import read_content


def ruler(folder: Path, factory: str, patterns: dict[str, str]) -> str:
    """The folder of a pipeline that finds the phrases of `patterns` (phrase to label)."""
    nlp = spacy.blank("xx")
    component = nlp.add_pipe(factory)
    component.add_patterns([{"label": label, "pattern": phrase} for phrase, label in patterns.items()])  # type: ignore[attr-defined]
    nlp.to_disk(folder)
    return str(folder)


def trained(folder: Path, texts: dict[str, str], multiple: bool = False) -> str:
    """The folder of a classifier that has learnt the label of each text."""
    fix_random_seed(3)
    nlp = spacy.blank("xx")
    nlp.add_pipe("textcat_multilabel" if multiple else "textcat")
    labels = sorted(set(texts.values()))
    examples = [
        Example.from_dict(nlp.make_doc(text), {"cats": {label: float(label == own) for label in labels}})
        for text, own in texts.items()
    ]
    optimiser = nlp.initialize(lambda: examples)
    for _ in range(40):
        nlp.update(examples, sgd=optimiser)
    nlp.to_disk(folder)
    return str(folder)


def test_entities_are_decisions(tmp_path: Path) -> None:
    path = ruler(tmp_path, "entity_ruler", {"Zwaluwplan blauw": "BESLUIT", "nestkastje": "DING"})
    record = read(swapped("decisions", "spacy", path=path, labels={"BESLUIT": "decision"}))
    assert [(d.evidence.quote, d.item, d.confidence) for d in record.decisions] == [("Zwaluwplan blauw", 0, UNTOLD)]
    assert record.decisions[0].recogniser == "minutes.decisions.spacy.v1"


def test_a_label_with_the_name_of_what_it_means_needs_no_mention(tmp_path: Path) -> None:
    path = ruler(tmp_path, "entity_ruler", {"Zwaluwplan blauw": "DECISION"})
    assert [d.evidence.quote for d in read(swapped("decisions", "spacy", path=path)).decisions] == ["Zwaluwplan blauw"]


def test_spans_are_actions_with_owner_deadline_and_status_worked_out(tmp_path: Path) -> None:
    path = ruler(tmp_path, "span_ruler", {"koopt hout": "ACTION", "kijkt ze na": "ACTION", "weet": "OTHER"})
    actions = read(swapped("actions", "spacy", path=path)).actions
    assert [(a.evidence.quote, [o.name for o in a.owners]) for a in actions] == [
        ("koopt hout", ["Toon Verlinde"]),
        ("kijkt ze na", ["Pol Raes"]),
    ]
    assert actions[0].due is not None
    assert (actions[0].due.value, actions[0].due.evidence.quote) == ("2026-04-03", "tegen 3 april 2026")
    assert actions[1].due is None


def test_names_of_an_attendance_list_have_the_status_that_the_list_gives(tmp_path: Path) -> None:
    names = dict.fromkeys(["Toon Verlinde", "mevrouw Ilse Moens", "Pol Raes", "Pol"], "PER")
    path = ruler(tmp_path, "entity_ruler", names)
    record = read(swapped("attendance", "spacy", path=path, labels={"PER": "person"}))
    assert [(a.name, a.status) for a in record.attendance] == [
        ("Toon Verlinde", "present"),
        ("Ilse Moens", "present"),
        ("Pol Raes", "excused"),
    ]


def test_a_bracket_behind_a_name_gives_its_status(tmp_path: Path) -> None:
    path = ruler(tmp_path, "entity_ruler", {"Toon Verlinde": "PER", "Pol Raes": "PER"})
    text = "Verslag 12 maart 2026\n\nAanwezig: Pol Raes (verontschuldigd), Toon Verlinde\n\n1. Hout\nPol Raes is moe.\n"
    record = read(swapped("attendance", "spacy", path=path, labels={"PER": "person"}), text)
    assert [(a.name, a.status) for a in record.attendance] == [("Pol Raes", "excused"), ("Toon Verlinde", "present")]


def test_a_model_that_knows_the_status_is_believed(tmp_path: Path) -> None:
    path = ruler(tmp_path, "entity_ruler", {"Toon Verlinde": "ABSENT"})
    record = read(swapped("attendance", "spacy", path=path))
    assert [(a.name, a.status) for a in record.attendance] == [("Toon Verlinde", "absent")]


def test_spans_give_their_item_a_theme(tmp_path: Path) -> None:
    path = ruler(tmp_path, "span_ruler", {"nestkastje": "NATUUR", "rekening": "FINANCE"})
    settings = swapped("themes", "spacy", path=path, labels={"NATUUR": "environment", "FINANCE": "finance"})
    assert [item.themes for item in read(settings).agenda_items] == [("environment",), ("finance",)]


def test_a_classifier_of_texts_judges_every_sentence(tmp_path: Path) -> None:
    learnt = {"Zwaluwplan blauw komt er.": "BESLUIT", "Zwaluwplan geel komt er.": "BESLUIT"}
    learnt |= dict.fromkeys(["Niemand weet wat een nestkastje kost.", "De rekening ligt voor.", "Pol kijkt."], "NIETS")
    path = trained(tmp_path, learnt)
    record = read(swapped("decisions", "spacy", path=path, labels={"BESLUIT": "decision"}, threshold=0.6))
    assert [d.evidence.quote for d in record.decisions] == ["Zwaluwplan blauw komt er."]
    assert 0.6 < record.decisions[0].confidence <= 1
    nothing = read(swapped("decisions", "spacy", path=path, labels={"BESLUIT": "decision"}, threshold=1.0))
    assert nothing.decisions == ()


def test_a_classifier_of_texts_finds_actions_with_their_owners(tmp_path: Path) -> None:
    learnt = {"Toon Verlinde koopt hout.": "ACTION", "Ilse koopt verf.": "ACTION"}
    learnt |= dict.fromkeys(["Niemand weet wat een nestkastje kost.", "De rekening ligt voor.", "Klaar!"], "NONE")
    actions = read(swapped("actions", "spacy", path=trained(tmp_path, learnt))).actions
    bought = [action for action in actions if "koopt" in action.evidence.quote]
    assert [([o.name for o in a.owners], a.due and a.due.value) for a in bought] == [(["Toon Verlinde"], "2026-04-03")]


def test_a_classifier_of_texts_gives_items_their_themes(tmp_path: Path) -> None:
    learnt = {"Nestkastjes, zwaluwplan, nestkastje": "environment", "Rekening, de rekening ligt voor": "finance"}
    record = read(swapped("themes", "spacy", path=trained(tmp_path, learnt, multiple=True)))
    assert [item.themes for item in record.agenda_items] == [("environment",), ("finance",)]


def test_a_classifier_of_texts_changes_the_status_of_lines_with_one_name() -> None:
    class Classifier:
        def classify(self, texts: Sequence[str]) -> list[Mapping[str, float]]:
            return [{"absent": 0.9} if "Pol" in text else {"excused": 0.9} for text in texts]

    pipeline = build_pipeline()
    doc = pipeline.annotate(read_content(MINUTES.encode(), name="a.md"))
    for threshold, pol in ((0.95, "excused"), (0.9, "absent")):
        found = attendance_of(component(pipeline.nlp, "attendance", Classifier(), threshold)(doc))
        assert [(a.name, a.status) for a in found] == [
            ("Toon Verlinde", "present"),
            ("Ilse Moens", "present"),
            ("Pol Raes", pol),
        ]


def test_the_scores_of_a_spancat_are_the_confidence(tmp_path: Path) -> None:
    fix_random_seed(3)
    nlp = spacy.blank("xx")
    nlp.add_pipe("spancat", config={"suggester": {"@misc": "spacy.ngram_suggester.v1", "sizes": [2]}})
    doc = nlp.make_doc("Zwaluwplan blauw komt er.")
    example = Example.from_dict(doc, {"spans": {"sc": [(0, 16, "DECISION")]}})
    optimiser = nlp.initialize(lambda: [example])
    for _ in range(60):
        nlp.update([example], sgd=optimiser)
    nlp.to_disk(tmp_path)
    found = read(swapped("decisions", "spacy", path=str(tmp_path), threshold=0.5)).decisions
    assert "Zwaluwplan blauw" in [d.evidence.quote for d in found]
    assert all(0.5 <= d.confidence <= 1 and d.confidence != UNTOLD for d in found)


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"path": ""}, "own.folder"),
        ({"path": "nowhere"}, "own.folder"),
        ({"path": "{empty}"}, "own.unloadable"),
        ({"path": "{model}"}, "own.labels"),
        ({"path": "{model}", "use": "cats"}, "own.kind"),
        ({"path": "{model}", "labels": {"PER": "person"}}, "own.target"),
        ({"path": "{model}", "labels": {"PERS": "decision"}}, "own.label"),
        ({"path": "{model}", "labels": {"PER": "decision"}, "threshold": 1.5}, "own.value"),
        ({"path": "{model}", "labels": {"PER": "decision"}, "treshold": 0.5}, "pipeline.options"),
        ({"path": "{model}", "labels": {"PER": 3}}, "pipeline.options"),
    ],
)
def test_what_does_not_fit_is_told_before_any_text_is_read(tmp_path: Path, options: dict[str, Any], code: str) -> None:
    (tmp_path / "empty").mkdir()
    ruler(tmp_path / "model", "entity_ruler", {"Pol Raes": "PER"})
    options["path"] = options["path"].format(empty=tmp_path / "empty", model=tmp_path / "model")
    with pytest.raises(ExtractionError) as caught:
        read(swapped("decisions", "spacy", **options))
    assert caught.value.code == code


def test_a_pipeline_without_anything_of_use_is_refused(tmp_path: Path) -> None:
    nlp = spacy.blank("xx")
    nlp.add_pipe("sentencizer")
    nlp.to_disk(tmp_path)
    with pytest.raises(ExtractionError, match="sentencizer") as caught:
        read(swapped("decisions", "spacy", path=str(tmp_path)))
    assert caught.value.code == "own.kind"
