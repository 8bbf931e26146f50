"""The page that documents the command line, made from the program's own help.

Run `python -m minutes_nlp.cli.reference docs/cli.md` after a change; a test compares.
"""

from __future__ import annotations

import sys
from pathlib import Path

from minutes_nlp.cli.app import build
from minutes_nlp.cli.messages import Messages

_WIDTH = 100
_HEAD = """# The command line

Made by `python -m minutes_nlp.cli.reference docs/cli.md`: do not edit. The program says the same in Dutch and French:
`minutes --help --lang nl`. Errors go to standard error, as what is wrong and what to do.

| exit code | meaning |
|---|---|
| 0 | fine |
| 1 | something failed; a command on several files does the others first |
| 2 | the command line is wrong; nothing was done |
| 130 | stopped with Ctrl-C; what was finished is kept |
"""


def reference() -> str:
    """The page, in English."""
    program = build(Messages())
    parts = [_HEAD, _section("minutes", program.help_text(_WIDTH))]
    parts += [_section(f"minutes {name}", command.help_text(_WIDTH)) for name, command in program.localised().items()]
    return "\n".join(parts)


def _section(title: str, text: str) -> str:
    return f"## {title}\n\n```text\n{text}\n```\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(reference(), encoding="utf-8", newline="\n")
