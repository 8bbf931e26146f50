"""Coverage-guided fuzzing of every reader: does it keep its contract (tests/reading/contract.py) whatever a file holds?

`make fuzz` runs `python benchmarks/fuzz_readers.py`; it takes the extra `fuzz` (atheris, on Linux). Every reader gets
`--seconds` (600), one after the other, in a process of its own, within 3 GB of memory; `--only docx` takes one.
Tesseract and LibreOffice are not run: words of a picture are made up from its pixels, and old Word files are only told
apart. Files grow out of `fuzz_seeds.py`, changed by `fuzz_mutators.py`; they are kept in build/fuzz for the next run.

A finding is an exception that no user may see, a document that is not sound, or ten seconds of computing time for one
small file. The smallest file of each is kept in build/fuzz/READER/findings with how it came about; the run ends with 1
if there is one. Once understood, it becomes a case of tests/reading/test_fuzz_findings.py, made by a line of code.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import re
import resource
import subprocess
import sys
import time
import traceback
import warnings
from pathlib import Path
from typing import Any, NamedTuple

_ROOT = Path(__file__).resolve().parent.parent
_KEPT = _ROOT / "build" / "fuzz"
_SECONDS = 600
_MEMORY = 3_000_000_000  # bytes
_SLOW = 10.0  # seconds of computing time, ten times and more what the slowest sample takes with instrumentation
_HANGS = 100  # seconds after which a file counts as one that never ends
_LARGEST = 200_000  # bytes of a file
_WIDTH = 11  # of a column of figures
_LIBRARIES = {"mail": "email", "msg": "olefile", "archive": "zipfile", "docx": "zipfile", "odt": "zipfile"}
_ENVIRONMENT = {
    **os.environ,
    "PYTHONHASHSEED": "0",
    "PYTHONPATH": os.pathsep.join(str(_ROOT / folder) for folder in (".", "tests", "tests/reading")),
}
_NAMES = {
    "archive": "jaar.zip",
    "docx": "v.docx",
    "html": "v.html",
    "image": "v.png",
    "mail": "v.eml",
    "msg": "v.msg",
    "odt": "v.odt",
    "office": "v.rtf",
    "pdf": "v.pdf",
    "text": "v.md",
}
_RUNS = re.compile(r"stat::number_of_executed_units:\s*(\d+)")
_PULSE = re.compile(r"#(\d+)\s.*cov: (\d+) ft: (\d+) corp: (\d+)")


class Target:
    """One reader under test; called with a file by the fuzzer.

    Args:
        reader: its name.
        findings: the folder for files on which it breaks its contract.
    """

    def __init__(self, reader: str, findings: Path) -> None:
        from contract import read_or_refuse

        from minutes_nlp.reading import bundle
        from minutes_nlp.reading.readers import Limits, readers

        self.name, self.findings = _NAMES[reader], findings
        self.suffix = self.name[self.name.rindex(".") :]
        self.limits = Limits(unpacked=5_000_000, output=5_000_000, pages=50, members=100)
        self.readers = readers()
        self.reader = next((one for one in self.readers if one.name == reader), None)
        self._check, self._members = read_or_refuse, bundle.members

    def __call__(self, content: bytes) -> int:
        """-1 for a file that is not for the reader, which is then forgotten."""
        start = time.process_time()
        try:
            scores = {one.name: one.score(content, self.suffix) for one in self.readers}  # all asked, as a file is read
            assert all(0 <= score <= 1 for score in scores.values())
            if self.reader is None:
                self._unpack(content)
            elif scores[self.reader.name] > 0:
                self._check(self.reader, content, self.name, self.limits)
            else:
                return -1
        except Exception:  # noqa: BLE001 - that is what is looked for
            self._found(content, traceback.format_exc())
        if time.process_time() - start > _SLOW:
            self._found(content, f"it took {time.process_time() - start:.0f} seconds")
        return 0

    def _unpack(self, content: bytes) -> None:
        from minutes_nlp.errors import MinutesError

        try:
            for member in self._members(content, self.name, self.limits):
                assert ".." not in member.path.split("/")
                assert not member.path.startswith("/")
                assert (member.problem is None) == bool(member.content)
        except MinutesError:
            return  # the archive as a whole is refused

    def _found(self, content: bytes, how: str) -> None:
        """Keep a file if it is the smallest that comes to grief in its way."""
        where = re.findall(r'File ".*?([\w]+\.py)", line (\d+)', how)
        sign = hashlib.sha256(repr((where[-2:], how.rsplit("\n", 2)[-2].split(":")[0])).encode()).hexdigest()[:12]
        kept = self.findings / f"{sign}.bin"
        if not kept.exists() or kept.stat().st_size > len(content):
            self.findings.mkdir(parents=True, exist_ok=True)
            kept.write_bytes(content)
            kept.with_suffix(".txt").write_text(how)


def _made_up(image: Any, **_: object) -> dict[str, list[object]]:
    """What tesseract might say of a picture: words, places and confidences made from its pixels."""
    dice = random.Random(image.tobytes()[:4096])
    words = ["Verslag", "Aanwezig:", "Noor", "1.", "-", "", "  ", "|", "é𝕏", "x" * 400, "A", "\n"]
    rows = range(dice.randrange(60))
    place = {key: [dice.randrange(-5, 3000) for _ in rows] for key in ("left", "top", "width", "height")}
    lines = {key: [dice.randrange(4) for _ in rows] for key in ("block_num", "par_num", "line_num")}
    return {
        "text": [dice.choice(words) for _ in rows],
        "conf": [dice.choice((-1, 0, 35, 96, 99.5)) for _ in rows],
        **place,
        **lines,
    }


def fuzz_one(reader: str, options: list[str]) -> None:
    """Fuzz one reader in this process, which ends with it."""
    import atheris

    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    warnings.filterwarnings("ignore", "Duplicate name")
    with atheris.instrument_imports(include=["minutes_nlp", *filter(None, [_LIBRARIES.get(reader)])]):
        import fuzz_mutators
        import fuzz_seeds
        import pytesseract

        from minutes_nlp.reading import ocr, office
    pytesseract.image_to_data = _made_up
    ocr.installed_languages = lambda: ("nld",)
    office.office_program = lambda: None
    folder = _KEPT / reader
    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    seeds = list(fuzz_seeds.seeds(reader))
    for seed in seeds:
        (corpus / hashlib.sha256(seed).hexdigest()[:16]).write_bytes(seed)
    mutators: dict[str, fuzz_mutators.Mutator] = {
        "docx": fuzz_mutators.Packages(seeds, of_a_document=True),
        "odt": fuzz_mutators.Packages(seeds, of_a_document=True),
        "archive": fuzz_mutators.Packages(seeds, of_a_document=False),
        "msg": fuzz_mutators.Messages(seeds),
    }
    mutate = mutators.get(reader) or fuzz_mutators.Tokens(seeds)

    def change(content: bytes, most: int, seed: int) -> bytes:
        return mutate(content, most, random.Random(seed), atheris.Mutate)

    target = Target(reader, folder / "findings")
    atheris.Setup([sys.argv[0], *options, str(corpus)], target, custom_mutator=change)
    atheris.Fuzz()


class Outcome(NamedTuple):
    """What came of a reader.

    Attributes:
        seconds, computing: on the clock, and of computing time, which is much less on a busy machine.
        runs: files read.
        covered: edges of code that they took.
        kept: files that took an edge as no other did.
        findings: ways in which the contract was broken.
        crashes: how often the process itself ended over a file.
    """

    seconds: float
    computing: float
    runs: int
    covered: int
    kept: int
    findings: int
    crashes: int


def fuzz(reader: str, seconds: float) -> Outcome:
    """Fuzz a reader for so long; where the process itself ends over a file, another goes on."""
    folder = _KEPT / reader
    folder.mkdir(parents=True, exist_ok=True)
    before = _computed()
    start, runs, covered, kept, crashes = time.monotonic(), 0, 0, 0, 0
    while (left := seconds - (time.monotonic() - start)) > 1:
        options = [
            f"-max_total_time={int(left)}",
            f"-max_len={_LARGEST}",
            "-len_control=0",
            f"-timeout={_HANGS}",
            "-rss_limit_mb=0",
            "-print_final_stats=1",
            f"-artifact_prefix={folder}/",
        ]
        command = [sys.executable, __file__, "--here", reader, *options]
        with (folder / "log").open("ab") as log:
            ended = subprocess.run(command, stdout=log, stderr=log, env=_ENVIRONMENT, check=False).returncode
        told = (folder / "log").read_text(errors="replace").rpartition("INFO: Running with entropic")[2]
        pulses = _PULSE.findall(told)
        runs += int(found[-1]) if (found := _RUNS.findall(told)) else int(pulses[-1][0]) if pulses else 0
        covered, kept = (int(pulses[-1][1]), int(pulses[-1][3])) if pulses else (covered, kept)
        crashes += ended != 0
        if not pulses:
            break  # it does not even start: the log says why
    findings = len(list((folder / "findings").glob("*.bin")))
    return Outcome(time.monotonic() - start, _computed() - before, runs, covered, kept, findings, crashes)


def _computed() -> float:
    """Seconds that the processes started here and ended since have computed."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """See the module."""
    if sys.argv[1:2] == ["--here"]:
        fuzz_one(sys.argv[2], sys.argv[3:])
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=_SECONDS, help="for each reader (600)")
    parser.add_argument("--only", choices=sorted(_NAMES), action="append", help="fuzz this reader; may be repeated")
    asked = parser.parse_args()
    bad = False
    print("reader  " + "".join(field.rjust(_WIDTH) for field in Outcome._fields), flush=True)
    for reader in asked.only or sorted(_NAMES):
        outcome = fuzz(reader, asked.seconds)
        print(reader.ljust(8) + "".join(f"{round(value)}".rjust(_WIDTH) for value in outcome), flush=True)
        (_KEPT / reader / "outcome.json").write_text(json.dumps(outcome._asdict()))
        bad = bad or bool(outcome.findings or outcome.crashes) or not outcome.runs
    sys.exit(int(bad))


if __name__ == "__main__":
    main()
