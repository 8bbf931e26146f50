"""Several processes give the same records as one, and one that dies costs only the document it was at."""

from __future__ import annotations

import functools
import itertools
import multiprocessing
import os
import signal
from pathlib import Path

import pytest

from minutes_nlp.errors import ExtractionError, MinutesError, ReadingError
from minutes_nlp.pipeline.jobs import Job, automatic
from minutes_nlp.pipeline.parallel import process_all, process_jobs
from minutes_nlp.pipeline.settings import PipelineSettings
from minutes_nlp.pipeline.timings import Timings, collecting
from minutes_nlp.reading import SourceDocument, read_document
from minutes_nlp.reading.readers import read_content

LAYOUT_ONLY = PipelineSettings({"layout": "minutes.layout.v1", "meeting": "minutes.meeting.v1"})


def job(name: str, text: str = "Verslag\n\nDe raad keurt het plan goed.\n") -> Job:
    return Job(name, functools.partial(read_content, text.encode(), name=name))


def killed() -> SourceDocument:
    """Stands for a document at which the process runs out of memory."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def faulty() -> SourceDocument:
    raise KeyError("weight")


def test_two_processes_give_the_records_of_one_in_the_same_order(samples: Path) -> None:
    paths = [path for path in sorted(samples.rglob("*")) if path.is_file()][:6]
    documents = [read_document(path) for path in paths]
    alone = list(process_all(documents))
    assert [record.document.path for record in alone] == [path.name for path in paths]
    assert list(process_all(documents, jobs=2)) == alone


def recorded(name: str, log: Path) -> SourceDocument:
    """A document that notes down when it is read."""
    with log.open("a", encoding="utf-8") as file:
        file.write(f"{name}\n")
    return read_content(b"Verslag\n\nDe raad keurt het plan goed.\n", name=name)


def test_a_large_document_is_begun_before_its_turn_and_told_in_its_turn(tmp_path: Path) -> None:
    log = tmp_path / "begun"
    sizes = {"a": 10, "b": 10, "c": 10, "d": 10, "e": 10, "f": 500}
    jobs = [Job(name, functools.partial(recorded, name, log), size) for name, size in sizes.items()]
    assert [outcome.name for outcome in process_jobs(jobs, LAYOUT_ONLY, jobs=2)] == list(sizes)
    begun = log.read_text(encoding="utf-8").split()
    assert sorted(begun) == list(sizes)
    assert begun.index("f") < 2


def test_documents_of_one_size_are_begun_in_their_order(tmp_path: Path) -> None:
    log = tmp_path / "begun"
    jobs = [Job(str(number), functools.partial(recorded, str(number), log), 10) for number in range(12)]
    list(process_jobs(jobs, LAYOUT_ONLY, jobs=2))
    begun = [int(name) for name in log.read_text(encoding="utf-8").split()]
    assert sorted(begun) == list(range(12))
    falling = [three for three in itertools.combinations(begun, 3) if three[0] > three[1] > three[2]]
    assert falling == []  # each of the two processes takes them in order


def test_no_process_at_all_is_refused() -> None:
    with pytest.raises(ValueError, match="0 processes"):
        list(process_all([], jobs=0))


@pytest.mark.skipif(os.name == "nt", reason="no POSIX signals there")
def test_a_process_that_dies_costs_its_document_and_the_rest_goes_on() -> None:
    jobs = [job("a.txt"), Job("b.txt", killed), job("c.txt"), Job("d.txt", faulty), job("e.txt", ""), job("f.txt")]
    with collecting(Timings()) as timings:
        outcomes = list(process_jobs(jobs, LAYOUT_ONLY, jobs=2))
    told = [(outcome.name, outcome.problem and outcome.problem.code) for outcome in outcomes]
    assert told == [
        ("a.txt", None),
        ("b.txt", "pipeline.worker-died"),
        ("c.txt", None),
        ("d.txt", "ingest.unexpected"),
        ("e.txt", "reading.empty"),
        ("f.txt", None),
    ]
    assert outcomes[1].problem is not None
    assert outcomes[1].problem.values == {"path": "b.txt", "ended": -signal.SIGKILL}
    assert timings.words == 7 * 3
    assert {"reading", "language", "tokens", "layout", "meeting", "record"} <= timings.seconds.keys()


def test_a_wrong_configuration_is_told_by_the_process_that_meets_it() -> None:
    settings = PipelineSettings({"layout": "minutes.layout.v99"})
    with pytest.raises(ExtractionError, match="No recogniser is registered"):
        list(process_jobs([job("a.txt")], settings, jobs=2))


def test_work_that_is_given_up_leaves_no_process_behind() -> None:
    outcomes = process_jobs((job(f"{number}.txt") for number in range(100)), LAYOUT_ONLY, jobs=2)
    assert next(outcomes).name == "0.txt"
    outcomes.close()
    assert multiprocessing.active_children() == []


def test_few_files_are_not_worth_a_second_process() -> None:
    assert [automatic(files) for files in (0, 1, 23)] == [1, 1, 1]
    assert 1 <= automatic(10_000) <= 8


def test_an_error_that_crosses_to_another_process_keeps_what_it_says() -> None:
    import pickle

    error = ReadingError("reading.empty", "It is empty.", "Fill it.", path=Path("a.txt"), size=3)
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is ReadingError
    assert isinstance(again, MinutesError)
    assert (again.code, str(again), again.values) == (
        "reading.empty",
        "It is empty. Fill it.",
        {"path": "a.txt", "size": 3},
    )
