"""The process that reads files: what goes wrong in it stays in it, and the next file is read."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from minutes_nlp.errors import ReadingError
from minutes_nlp.reading import Limits, SourceDocument, read_content
from minutes_nlp.reading.child import wire
from minutes_nlp.reading.child.host import child, dismiss
from minutes_nlp.reading.child.protect import PROTECTIONS
from minutes_nlp.reading.safely import protections, read_safely

LIMITS = Limits(memory=700_000_000, cpu_seconds=1, seconds=300, output=200_000, open_files=32)
MARK = b"\x1f\x8b\x08"  # of gzip, so that no reader of the program takes it

TROUBLE = """
import ctypes, os, socket, sys, time
from minutes_nlp.errors import ReadingError
from minutes_nlp.reading import read_content

class Trouble:
    name = "trouble"
    def score(self, content, suffix):
        return 1.0 if content.startswith(b"\\x1f\\x8b\\x08") else 0.0
    def read(self, content, name, limits):
        what = content[3:].decode()
        if what == "hang": time.sleep(60)
        if what == "spin":
            while True: pass
        if what == "grow": return [bytearray(50_000_000) for _ in range(1000)]
        if what == "die": os._exit(3)
        if what == "segfault": ctypes.string_at(0)
        if what == "recurse": self.read(content, name, limits)
        if what == "break": raise KeyError("weight")
        if what == "refuse": raise ReadingError("reading.damaged", name, "mend", path=name)
        if what == "connect": socket.create_connection(("192.0.2.1", 80), 1)
        if what == "open": return [open(os.devnull) for _ in range(100)]
        if what == "print": print("noise"); os.write(1, b"noise"); sys.stderr.write("noise")
        if what == "much": return read_content(b"woord\\n\\n" * 20000, name=name)
        return read_content(f"Verslag {os.getpid()}".encode(), name=name)
"""


@pytest.fixture(autouse=True)
def trouble(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A reader of a third party, found by its entry point, that does what the file tells it to."""
    (tmp_path / "trouble.py").write_text(TROUBLE)
    facts = tmp_path / "trouble-1.0.dist-info"
    facts.mkdir()
    (facts / "METADATA").write_text("Metadata-Version: 2.1\nName: trouble\nVersion: 1.0\n")
    (facts / "entry_points.txt").write_text("[minutes_nlp.readers]\ntrouble = trouble:Trouble\n")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")]))
    dismiss()
    yield
    dismiss()


def read(what: str, limits: Limits = LIMITS) -> SourceDocument:
    return read_safely(MARK + what.encode(), name="verslag.bin", limits=limits)


def code_of(what: str, limits: Limits = LIMITS) -> str:
    with pytest.raises(ReadingError) as caught:
        read(what, limits)
    assert "verslag.bin" in caught.value.message
    assert caught.value.hint
    return caught.value.code


def test_a_reader_of_a_third_party_reads_in_a_process_that_is_kept_for_the_next_file() -> None:
    first, second = read("").text, read("").text
    assert first == second
    assert first != f"Verslag {os.getpid()}"


@pytest.mark.parametrize(
    ("what", "code"),
    [
        ("recurse", "reading.nested"),
        ("break", "reading.unexpected"),
        ("refuse", "reading.damaged"),
        ("much", "reading.output"),
        ("connect", "reading.unexpected"),
        ("open", "reading.unexpected"),
    ],
)
def test_what_a_reader_breaks_down_on_costs_the_file_and_not_the_process(what: str, code: str) -> None:
    before = read("").text
    assert code_of(what) == code
    assert read("").text == before


@pytest.mark.parametrize(
    ("what", "code"),
    [
        ("die", "reading.crashed"),
        pytest.param("segfault", "reading.crashed", marks=pytest.mark.skipif(os.name == "nt", reason="caught there")),
        ("grow", "reading.memory"),
        pytest.param("spin", "reading.cpu-time", marks=pytest.mark.skipif(os.name == "nt", reason="has not run there")),
        ("hang", "reading.time"),
    ],
)
def test_a_process_that_ends_or_is_ended_costs_the_file_and_another_takes_its_place(what: str, code: str) -> None:
    slow = {"hang": replace(LIMITS, seconds=2), "grow": replace(LIMITS, cpu_seconds=20)}
    limits = slow.get(what, LIMITS)
    before = read("", limits).text
    assert code_of(what, limits) == code
    assert read("", limits).text != before


def test_what_a_library_prints_does_not_disturb_the_answer() -> None:
    assert read("print").text.startswith("Verslag ")


@pytest.mark.parametrize("program", ["nowhere/python", *(["/bin/false"] if Path("/bin/false").exists() else [])])
def test_a_process_that_does_not_start_is_told(program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", program)
    with pytest.raises(ReadingError) as caught:
        read("")
    assert caught.value.code == "reading.no-child"


def test_half_of_the_answers_taken_ends_the_process() -> None:
    with child(LIMITS) as one:
        next(one.ask("read", MARK + b"", "verslag.bin"))
    assert one.worn is False
    with child(LIMITS) as same:
        same.busy = True
    assert same is one
    assert one.worn is True


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere some are not to be had")
def test_on_linux_every_protection_but_perhaps_the_namespace_is_in_force() -> None:
    found = protections(LIMITS)
    assert tuple(found) == ("memory", "cpu", "files", "namespace", "privileges", "sockets")
    assert set(found) == set(PROTECTIONS)
    assert all(active for name, active in found.items() if name != "namespace")


def test_a_document_survives_the_way_to_the_parent_and_nonsense_does_not() -> None:
    text = "# Titel\n\n- [ ] punt\n\n| a | b |\n|---|---|\n| c |  |\n\nDatum: 3 mei\n"
    document = read_content(text.encode(), name="a.md")
    assert wire.document_from_bytes(wire.document_to_bytes(document)) == document
    for nonsense in (
        b"",
        b"{}",
        b"[1]",
        b'{"name": 1}',
        wire.document_to_bytes(document).replace(b'"heading"', b'"x"'),
    ):
        with pytest.raises(wire.BrokenLineError):
            wire.document_from_bytes(nonsense)


def _read_in_a_worker(line: Connection) -> None:
    line.send(read("").text)


def test_a_worker_that_shares_the_work_has_a_child_of_its_own() -> None:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    worker = context.Process(target=_read_in_a_worker, args=(theirs,), daemon=True)
    worker.start()
    assert ours.poll(30)
    text = ours.recv()
    worker.join(10)
    assert text.startswith("Verslag ")
    assert text not in (f"Verslag {worker.pid}", read("").text)
