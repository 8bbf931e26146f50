"""A document that takes too long is given up, and the next one is processed."""

import functools
import itertools
import threading
import time

import pytest

from minutes_nlp.errors import MinutesError
from minutes_nlp.pipeline.deadline import Deadline, TimeUp
from minutes_nlp.pipeline.jobs import Job, Outcome, process_here
from minutes_nlp.reading import SourceDocument, read_content
from minutes_nlp.records import MeetingRecord

SHORT = 0.05  # seconds
LONG = 30.0


def work(seconds: float) -> int:
    """Compute for some time, as a recogniser does; nothing here waits for anything."""
    stop = time.monotonic() + seconds
    return next(number for number in itertools.count() if time.monotonic() > stop)


class Endless:
    """Finds no end in documents that say so."""

    def process(self, document: SourceDocument) -> MeetingRecord:
        try:
            work(LONG if "endless" in document.text else 0)
        except Exception as error:
            raise AssertionError("taken for a fault of the recogniser") from error
        raise MinutesError("test.done", "done", "")


def outcomes(*texts: str, seconds: float = SHORT) -> list[Outcome]:
    read = (functools.partial(read_content, text.encode(), name=f"{text}.txt") for text in texts)
    jobs = [Job(f"{text}.txt", one, seconds=seconds) for text, one in zip(texts, read, strict=True)]
    return list(process_here(jobs, Endless))


def test_work_that_takes_too_long_is_ended_where_it_is() -> None:
    begin = time.monotonic()
    with pytest.raises(TimeUp), Deadline(SHORT):
        work(LONG)
    assert time.monotonic() - begin < LONG / 2


def test_work_that_is_done_in_time_is_left_alone() -> None:
    with Deadline(LONG):
        found = work(SHORT)
    assert found > 0


def test_no_seconds_are_no_end() -> None:
    with Deadline(0):
        work(3 * SHORT)


def test_an_end_that_comes_late_is_not_heard_behind_the_block() -> None:
    for _ in range(200):
        try:
            with Deadline(0.001):
                work(0.001)
        except TimeUp:
            pass
        work(0.0005)


def test_a_fault_within_the_time_stays_what_it_is() -> None:
    with pytest.raises(KeyError), Deadline(LONG):
        raise KeyError("title")


def test_only_the_thread_that_asked_is_ended() -> None:
    other: list[int] = []
    thread = threading.Thread(target=lambda: other.append(work(4 * SHORT)))
    thread.start()
    with pytest.raises(TimeUp), Deadline(SHORT):
        work(LONG)
    thread.join()
    assert len(other) == 1


def test_a_document_that_takes_too_long_has_a_problem_and_the_next_is_processed() -> None:
    slow, quick = outcomes("endless", "quick")
    assert slow.record is None
    assert slow.problem is not None
    assert slow.problem.code == "pipeline.time"
    assert slow.problem.values == {"path": "endless.txt", "limit": "0.05"}
    assert "limits.working_seconds" in slow.problem.hint
    assert quick.problem is not None
    assert quick.problem.code == "test.done"
