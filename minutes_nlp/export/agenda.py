"""The draft of the next agenda, in one document in several languages side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import count

from minutes_nlp.export.cells import printable
from minutes_nlp.export.markdown import linked, literal
from minutes_nlp.export.sheets import Link
from minutes_nlp.export.words import Words
from minutes_nlp.query.agenda import NextAgenda
from minutes_nlp.query.tasks import Task
from minutes_nlp.resources import lexicon

_TRANSLATED = "translated"


def agenda_markdown(agenda: NextAgenda, languages: Sequence[Words], link: Link) -> str:
    """The agenda as Markdown: approval of the last minutes, the open points by theme, any other business.

    Every heading stands in each of the languages; a point stands in the words of the minutes, and in those of the
    other language where the minutes have both.
    """
    both = _Both(languages)
    numbers = count(1)
    lines = [f"# {both('agenda.title')}{both.colon} {literal(agenda.body)}", ""]
    lines += [f"{both('agenda.date')}{both.colon} {both.day(agenda.date) or both('agenda.to_fill')}", ""]
    lines += [f"## {next(numbers)}. {_approval(agenda, both)}", ""]
    main = next(numbers)
    lines += [f"## {main}. {both('agenda.open_points')}", ""]
    if not agenda.points:
        lines += [both("agenda.nothing"), ""]
    for place, points in enumerate(agenda.points, start=1):
        theme = both("agenda.no_item") if points.theme is None else both.theme(points.theme)
        if len(agenda.points) > 1 or points.theme is not None:
            lines += [f"### {main}.{place}. {theme}", ""]
        for task in points.tasks:
            lines += [*_point(task, both, link), ""]
    lines += [f"## {next(numbers)}. {both('agenda.any_other')}"]
    return "\n".join(lines) + "\n"


class _Both:
    """Says everything in each of the languages."""

    def __init__(self, languages: Sequence[Words]) -> None:
        self.languages = languages
        self.colon = languages[0]("colon")

    def each(self, told: Callable[[Words], str]) -> str:
        """What is told in each language, the same only once, with a stroke between."""
        return " / ".join(dict.fromkeys(literal(told(words)) for words in self.languages))

    def __call__(self, key: str) -> str:
        return self.each(lambda words: words(key))

    def day(self, value: str | None) -> str:
        return self.each(lambda words: words.day(value))

    def theme(self, identifier: str) -> str:
        """The labels of a theme."""
        labels = next((theme for theme in lexicon.themes() if theme["id"] == identifier), {})
        return self.each(lambda words: str(labels.get(words.language, identifier)))


def _approval(agenda: NextAgenda, both: _Both) -> str:
    if agenda.last_date is None:
        return both("agenda.approval_undated")
    return both.each(lambda words: words("agenda.approval", day=words.day(agenda.last_date)))


def _point(task: Task, both: _Both, link: Link) -> Iterator[str]:
    row = task.action
    yield f"- **{literal(task.text)}**"
    said_also = [event.quote for event in task.events if event.kind == _TRANSLATED and event.quote]
    for quote in dict.fromkeys(said_also):
        yield f"  / **{literal(quote)}**"
    facts = [f"{both('columns.owners')}{both.colon} {literal(', '.join(row.owners)) or '…'}"]
    due = both.day(row.due) if row.due else literal(row.due_text or "…")
    facts.append(f"{both('columns.due')}{both.colon} {due}")
    if row.overdue:
        facts.append(f"**{both('status.overdue')}**")
    yield f"  {' · '.join(facts)}  "
    place = both.each(
        lambda words: words("digest.source", document=printable(row.document), start=row.start, end=row.end)
    )
    address = link(row.document)
    held = both.day(row.meeting_date)
    shown = place if address is None else linked(f"{row.document} [{row.start}–{row.end}]", address)
    yield f"  {both('columns.meeting_date')}{both.colon} {held or '…'} — {shown}"
