"""How long does it take to read a file of each format, beyond the start of the process that reads it?

Run `python benchmarks/reading_speed.py` (it takes the extra `dev`). The files are invented: three pages of minutes with
headings, lists and a table in Word, OpenDocument, web page and mail, a PDF of `--pages` pages with a table on each, its
first page as a scan where tesseract is installed, and the minutes in RTF where LibreOffice is. Each is read `--times`
times by one child process, as an ingest does it; scan and RTF three times.

`start` is what the first file waits for the child. `clock` is the median of the time that the caller waits, with the
way to the child and back; `best` the least of them, which is the figure to compare on a busy machine. `computing` is
the median of the computing time of the same work in this process, that of tesseract and LibreOffice aside. All in
milliseconds, for PDF and scan per page.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

_ROOT = Path(__file__).resolve().parent.parent
_TIMES = 20
_PAGES = 10
_SLOW = ("png", "rtf")  # read three times only
_LIMITS = {"docx": 60.0, "pdf": 120.0}  # milliseconds that a file, or a page, may take
_PARAGRAPH = (
    "De werkgroep bespreekt het voorstel voor de nieuwe speeltuin aan de Molenweg. Het bestuur beslist de offerte goed "
    "te keuren en vraagt dat de werken voor de zomer klaar zijn. Noor Aelvoet volgt dat op met de aannemer. "
)
_NAMES = ("Noor Aelvoet", "Bram Tack", "Aïcha Benali", "Wim Sterk", "Griet Maas", "De penningmeester", "De schepen")
_TABLE = (
    ("Wie", "Wat", "Tegen"),
    *[(f"Noor Aelvoet {n}", "vraagt een offerte op", f"{n} mei 2026") for n in range(1, 9)],
)


class Measured(NamedTuple):
    """What a format takes, in milliseconds for a file or page."""

    clock: float
    best: float
    computing: float


def _word() -> bytes:
    import docx
    import office

    document = docx.Document()
    document.add_heading("Verslag van de werkgroep", 0)
    for number in range(1, 9):
        document.add_heading(f"{number}. Agendapunt", 1)
        document.add_paragraph(_PARAGRAPH * 2)
        for _ in range(3):
            document.add_paragraph("Bram Tack belt de zaal", style="List Bullet")
    table = document.add_table(0, 3)
    for row in _TABLE:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    return office.saved(document)


def _markup(heading: str, paragraph: str, item: str, cell: str, row: str, table: str) -> str:
    """The same minutes in markup; each argument has a place for what is inside."""
    parts = [heading.format("Verslag van de werkgroep")]
    for number in range(1, 9):
        parts += [heading.format(f"{number}. Agendapunt"), paragraph.format(_PARAGRAPH * 2)]
        parts += [item.format("Bram Tack belt de zaal")] * 3
    rows = "".join(row.format("".join(cell.format(text) for text in one)) for one in _TABLE)
    return "".join([*parts, table.format(rows)])


def _page() -> bytes:
    body = _markup(
        "<h2>{}</h2>", "<p>{}</p>", "<ul><li>{}</li></ul>", "<td>{}</td>", "<tr>{}</tr>", "<table>{}</table>"
    )
    return f"<!DOCTYPE html><html><body>{body}</body></html>".encode()


def _open() -> bytes:
    import office

    body = _markup(
        '<text:h text:outline-level="1">{}</text:h>',
        "<text:p>{}</text:p>",
        "<text:list><text:list-item><text:p>{}</text:p></text:list-item></text:list>",
        "<table:table-cell><text:p>{}</text:p></table:table-cell>",
        "<table:table-row>{}</table:table-row>",
        "<table:table>{}</table:table>",
    )
    return office.archive(office.open_parts(body))


def _rich() -> bytes:
    body = _markup(r"\pard\b {}\b0\par ", r"\pard {}\par ", r"\pard - {}\par ", r"{}\cell ", r"{}\row ", "{}")
    body = body.replace("ï", r"\'ef")
    cells = r"\trowd\cellx3000\cellx6000\cellx9000\pard\intbl "
    return (r"{\rtf1\ansi " + body.replace(r"\row ", r"\row " + cells).replace("Wie", cells + "Wie", 1) + "}").encode()


def _mail() -> bytes:
    import hostile

    return hostile.mail(("verslag.docx", _word()), text="Het verslag vindt u in bijlage.")


def _pdf(pages: int) -> bytes:
    from pdf_pages import Drawn

    drawn, dice = Drawn(), random.Random(1)
    sentences = [sentence for sentence in _PARAGRAPH.split(". ") if sentence]

    def running(count: int) -> str:
        """Sentences of varied words, since what stands on every page alike is a header."""
        return " ".join(f"{dice.choice(_NAMES)} zegt: {dice.choice(sentences)}." for _ in range(count))

    for number in range(1, pages + 1):
        drawn.sheet().line_of(f"{number}. {dice.choice(_NAMES)}", bold=True).running(running(7)).running(running(5))
        drawn.ruled(_TABLE, (150, 200, 100)).running(running(5))
    return drawn.bytes()


def _scan(pdf: bytes) -> bytes:
    import io

    import pypdfium2

    kept = io.BytesIO()
    with pypdfium2.PdfDocument(pdf) as document:
        document[0].render(scale=200 / 72, grayscale=True).to_pil().save(kept, "PNG")
    return kept.getvalue()


def files(pages: int) -> dict[str, tuple[bytes, int]]:
    """The files by their endings, with the number of pages by which their time is divided."""
    from minutes_nlp.reading.ocr import installed_languages
    from minutes_nlp.reading.office import office_program

    pdf = _pdf(pages)
    made = {"docx": (_word(), 1), "odt": (_open(), 1), "html": (_page(), 1), "eml": (_mail(), 1), "pdf": (pdf, pages)}
    made |= {"rtf": (_rich(), 1)} if office_program() else {}
    return made | ({"png": (_scan(pdf), 1)} if installed_languages() else {})


def measure(content: bytes, name: str, pages: int, times: int) -> Measured:
    """Read a file so many times, by a child that waits for it and in this process."""
    from minutes_nlp.reading.readers import read_content
    from minutes_nlp.reading.safely import read_safely

    def took(work: Callable[[], object], clock: Callable[[], float]) -> float:
        start = clock()
        work()
        return 1000 * (clock() - start) / pages

    waited = [took(lambda: read_safely(content, name=name), time.perf_counter) for _ in range(times)]
    computed = [took(lambda: read_content(content, name=name), time.process_time) for _ in range(times)]
    return Measured(statistics.median(waited), min(waited), statistics.median(computed))


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=_TIMES, help="how often each file is read (20)")
    parser.add_argument("--pages", type=int, default=_PAGES, help="pages of the PDF (10)")
    asked = parser.parse_args()
    sys.path[:0] = [str(_ROOT / "tests"), str(_ROOT / "tests" / "reading")]
    from minutes_nlp.reading.child import host
    from minutes_nlp.reading.safely import protections, read_safely

    made = files(asked.pages)
    start = time.perf_counter()
    protections()
    print(f"start {1000 * (time.perf_counter() - start):.0f} ms")
    print(f"{'format':<8}{'clock':>8}{'best':>8}{'computing':>11}{'allowed':>9}")
    for suffix, (content, pages) in made.items():
        read_safely(content, name=f"v.{suffix}")  # what is loaded once is no matter of the file
        found = measure(content, f"v.{suffix}", pages, asked.times if suffix not in _SLOW else 3)
        allowed = f"{_LIMITS[suffix]:.0f}" if suffix in _LIMITS else ""
        print(f"{suffix:<8}{found.clock:>8.1f}{found.best:>8.1f}{found.computing:>11.1f}{allowed:>9}")
    print(f"children at the end: {len(host._idle)}, files read by it: {host._idle[0].uses}")


if __name__ == "__main__":
    main()
