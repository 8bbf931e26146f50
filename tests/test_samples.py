"""The invented samples: what is found in them is kept in `tests/golden/` and changes only on purpose.

`pytest tests/test_samples.py --update-golden` writes the files anew; the difference in the commit then shows which
extractions were gained and lost.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from minutes_nlp.evaluation import Scores, load_gold, score
from minutes_nlp.pipeline import MinutesPipeline, build_pipeline
from minutes_nlp.reading import read_document
from minutes_nlp.records import MeetingRecord

HERE = Path(__file__).resolve().parent
NAMES = sorted(path.relative_to(HERE.parent / "raw").as_posix() for path in (HERE.parent / "raw").rglob("*.*"))


@pytest.fixture(scope="module")
def pipeline() -> MinutesPipeline:
    return build_pipeline()


@pytest.fixture(scope="module")
def records(pipeline: MinutesPipeline, samples: Path) -> dict[str, MeetingRecord]:
    return {name: pipeline.process(read_document(samples / name, name=name)) for name in NAMES}


@pytest.fixture(scope="module")
def scores(records: dict[str, MeetingRecord]) -> Scores:
    gold = load_gold(HERE / "gold")
    return score({name: (gold[name], record.evaluation_view(), record.text) for name, record in records.items()})


def summary(record: MeetingRecord) -> dict[str, Any]:
    """What was found, without offsets, one line per entry."""
    view = record.evaluation_view()
    return {
        "meeting": view["meeting"],
        "attendance": [f"{a.name} · {a.status} · {a.organisation} · {a.role}" for a in record.attendance],
        "schedule": [f"{s.start_time}–{s.end_time} {s.title}" for s in record.schedule],
        "agenda_items": [f"{i.level} · {i.number} · {i.title} · {', '.join(i.themes)}" for i in record.agenda_items],
        "decisions": [d.evidence.quote for d in record.decisions],
        "actions": [f"{a['quote']} → {', '.join(a['owners'])} · {a['due']} · {a['status']}" for a in view["actions"]],
    }


def test_there_are_twelve_samples_with_gold() -> None:
    assert len(NAMES) == 12
    assert set(load_gold(HERE / "gold")) == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_what_is_found_is_what_was_agreed(
    name: str, records: dict[str, MeetingRecord], pytestconfig: pytest.Config
) -> None:
    path = HERE / "golden" / f"{name.replace('/', '__')}.json"
    found = summary(records[name])
    if pytestconfig.getoption("--update-golden"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert json.loads(path.read_text(encoding="utf-8")) == found


@pytest.mark.parametrize("name", NAMES)
def test_every_quote_is_the_text_at_its_offsets(name: str, records: dict[str, MeetingRecord]) -> None:
    record = records[name]
    evidence = record.all_evidence()
    assert evidence
    assert [e.quote for e in evidence] == [record.text[e.start : e.end] for e in evidence]


@pytest.mark.parametrize(
    ("layer", "floor"),
    [
        ("meeting", 0.85),
        ("attendance", 0.9),
        ("attendance.who+status", 0.9),
        ("agenda", 0.8),
        ("decisions", 0.5),
        ("actions", 0.6),
        ("themes", 0.5),
    ],
)
def test_the_samples_are_read_about_as_well_as_their_gold(scores: Scores, layer: str, floor: float) -> None:
    assert scores.f1(layer) >= floor
