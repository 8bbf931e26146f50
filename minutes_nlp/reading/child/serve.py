"""What the child does: read one file after the other, until the parent closes the line.

Run as `python -m minutes_nlp.reading.child.serve LIMITS FOLDER`, with the limits as JSON and the folder for temporary
files, which it removes when it ends by itself.
"""

from __future__ import annotations

import dataclasses
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from minutes_nlp.errors import MinutesError, ReadingError
from minutes_nlp.reading.bundle import is_bundle, members
from minutes_nlp.reading.child import problems, wire
from minutes_nlp.reading.child.protect import OUT_OF_MEMORY, bound_cpu, protect
from minutes_nlp.reading.readers import Limits, read_content, readers

Answer = tuple[dict[str, object], bytes]
Work = Callable[[bytes, str, Limits], Iterator[Answer]]


def main() -> None:
    """Protect this process, say how far that went, then answer requests."""
    limits = Limits(**json.loads(sys.argv[1]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends us
    signal.signal(signal.SIGTERM, lambda _signal, _frame: sys.exit())
    requests, answers = _lines()
    readers()  # loaded while files and memory are still free
    try:
        wire.send(answers, {"is": "ready", "protections": protect(limits)})
        while True:
            facts, content = wire.receive(requests)
            bound_cpu(limits.cpu_seconds)
            for answer in _answers(_WORK[facts["do"]], content, facts["name"], limits):
                wire.send(answers, *answer)
    except (wire.BrokenLineError, OSError):
        return  # the parent wants no more
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    finally:
        shutil.rmtree(sys.argv[2], ignore_errors=True)


def _lines() -> tuple[BinaryIO, BinaryIO]:
    """The lines from and to the parent; what a library prints goes nowhere."""
    line = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
    return sys.stdin.buffer, line


def _answers(work: Work, content: bytes, name: str, limits: Limits) -> Iterator[Answer]:
    """What there is to say about a file; the last answer is `document`, `end`, or what went wrong."""
    try:
        yield from work(content, name, limits)
    except ReadingError as problem:
        yield _problem(problem)
    except MinutesError as problem:
        yield _problem(ReadingError(problem.code, problem.message, problem.hint, **problem.values))
    except RecursionError:
        yield _problem(problems.nested(name))
    except MemoryError:
        raise
    except Exception as problem:  # noqa: BLE001 - whatever a file brings about, the next one is still read
        yield _problem(problems.unexpected(name, problem))


def _problem(problem: ReadingError, **facts: object) -> Answer:
    return {"is": "problem", **facts, **wire.problem_to_facts(problem)}, b""


def _read(content: bytes, name: str, limits: Limits) -> Iterator[Answer]:
    document = read_content(content, name=name, limits=limits)
    answer = wire.document_to_bytes(document)
    if len(answer) > limits.output:
        raise problems.oversize(name, limits)
    yield {"is": "document"}, answer


def _unpack(content: bytes, name: str, limits: Limits) -> Iterator[Answer]:
    if not is_bundle(content, name):
        yield {"is": "no-bundle"}, b""
        return
    for member in members(content, name, limits):
        if member.problem is not None:
            yield _problem(member.problem, member=member.path)
        else:
            yield {"is": "member", "member": member.path}, member.content
    yield {"is": "end"}, b""


_WORK: dict[str, Any] = {"read": _read, "unpack": _unpack}


def as_argument(limits: Limits) -> str:
    """The limits as the command line takes them."""
    return json.dumps(dataclasses.asdict(limits))


if __name__ == "__main__":
    main()
