"""How many units a second the judges read on one core, the cues alone and with the shipped linear model beside them.

    python models/acts/speed.py SHARED OUT

Reads `OUT/units.pickle`; judges the units of dev for both acts, three times, and reports the fastest, processor time.
"""

from __future__ import annotations

import time
from pathlib import Path

from documents import arguments, load
from scoring import write_report

from minutes_nlp.extraction.judges import BlendedJudge, CueJudge, Judge
from minutes_nlp.extraction.names import names_of
from minutes_nlp.training.acts import ACTS

ROUNDS = 3
JUDGES: dict[str, list[Judge]] = {
    "cues alone": [CueJudge(act) for act in ACTS],
    "cues and linear model": [BlendedJudge(act, threshold=0.3, share=0.2) for act in ACTS],
}


def main(out: Path) -> None:
    """Time every judge and report it."""
    units = [unit for document in load(out) if document.split == "dev" for unit in document.units]
    words = sum(len(unit.text.split()) for unit in units)
    nobody = names_of([], "")
    fastest = dict.fromkeys(JUDGES, float("inf"))
    for _ in range(ROUNDS):
        for name, judges in JUDGES.items():
            for unit in units:
                unit.seen.clear()
            begun = time.process_time()
            for unit in units:
                for judge in judges:
                    judge.judge(unit, nobody)
            fastest[name] = min(fastest[name], time.process_time() - begun)
    rates = {name: {"units": round(len(units) / t), "words": round(words / t)} for name, t in fastest.items()}
    write_report(out, "per second of one core", rates)


if __name__ == "__main__":
    main(arguments(__doc__).out)
