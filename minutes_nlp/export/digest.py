"""A digest as Markdown, as a page, or as a mail that can be sent as it is."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from email.headerregistry import Address, HeaderRegistry
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from html import escape
from typing import Any

from minutes_nlp.errors import ExportError
from minutes_nlp.export.cells import item_of, printable
from minutes_nlp.export.markdown import linked, literal, plain
from minutes_nlp.export.sheets import Link
from minutes_nlp.export.words import Words
from minutes_nlp.query.digest import Digest, Share
from minutes_nlp.query.tasks import Task

_STYLE = (
    "body{font:16px/1.45 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1c1c1c}"
    "li{margin:0 0 1rem}.about{color:#555}.overdue{color:#a40000;font-weight:600}"
    "blockquote{margin:.3rem 0 0;padding:.1rem 0 .1rem .8rem;border-left:3px solid #b9c6d6;color:#333}"
)


def title(digest: Digest, words: Words) -> str:
    """The heading: of one owner, or of all."""
    if digest.owner is not None and len(digest.shares) <= 1:
        name = digest.shares[0].label if digest.shares else digest.owner
        return words("digest.title_of", owner=printable(name) or words("digest.nobody"))
    return words("digest.title")


def digest_markdown(digest: Digest, words: Words, link: Link) -> str:
    """The digest as Markdown: a section per owner, under each action where it comes from and its passage."""
    lines = [f"# {literal(title(digest, words))}", "", *(literal(line) for line in _facts(digest, words)), ""]
    for share in digest.shares:
        if len(digest.shares) > 1:
            lines += [f"## {literal(share.label or words('digest.nobody'))} ({_count(share, words)})", ""]
        for task in share.tasks:
            lines += [f"- **{literal(task.text)}**"]
            lines += [f"  {literal(' · '.join(_about(task, share, words)))}", ""]
            source = linked(_source(task, words), link(task.action.document))
            lines += [f"  > {literal(task.passage)}", "  >", f"  > — {source}", ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def digest_html(digest: Digest, words: Words, link: Link) -> str:
    """The digest as a page that needs nothing else: no scripts, no pictures, nothing from elsewhere."""
    heading = escape(title(digest, words))
    body = [f"<h1>{heading}</h1>", f"<p>{'<br>'.join(map(escape, _facts(digest, words)))}</p>"]
    for share in digest.shares:
        if len(digest.shares) > 1:
            name = escape(printable(share.label) or words("digest.nobody"))
            body.append(f"<h2>{name} ({escape(_count(share, words))})</h2>")
        body += ["<ul>", *(_html_item(task, share, words, link) for task in share.tasks), "</ul>"]
    return (
        f'<!doctype html>\n<html lang="{words.language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width">\n<title>{heading}</title>\n<style>{_STYLE}</style>\n'
        "</head>\n<body>\n" + "\n".join(body) + "\n</body>\n</html>\n"
    )


def _html_item(task: Task, share: Share, words: Words, link: Link) -> str:
    kind = "overdue" if task.action.overdue else "about"
    about = escape(" · ".join(_about(task, share, words)))
    source = escape(_source(task, words))
    if (address := link(task.action.document)) is not None:
        source = f'<a href="{escape(address)}">{source}</a>'
    passage = escape(" ".join(printable(task.passage).split()))
    return (
        f'<li><strong>{escape(printable(task.text))}</strong><br><span class="{kind}">{about}</span>'
        f"<blockquote>{passage}<br><small>{source}</small></blockquote></li>"
    )


def digest_mail(
    digest: Digest, words: Words, *, now: datetime.datetime, to: str | None = None, sender: str | None = None
) -> bytes:
    """The digest as a mail (RFC 5322), as text and as a page; mail programs open it as a draft.

    Args:
        digest: what to tell.
        words: the language to tell it in.
        now: the moment that the mail bears, with a time zone.
        to: the address that it goes to, `name@place` or `Name <name@place>`; `None` leaves it to the sender.
        sender: the address that it comes from, likewise.

    Raises:
        ExportError: `export.address`: an address is none.
    """
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = " ".join(title(digest, words).split())
    if sender is not None:
        mail["From"] = _address(sender)
    if to is not None:
        mail["To"] = _address(to)
    mail["Date"] = format_datetime(now)
    mail["X-Unsent"] = "1"  # Outlook then opens it as a draft
    mail.set_content(plain(digest_markdown(digest, words, _no_link)))
    mail.add_alternative(digest_html(digest, words, _no_link), subtype="html")
    return mail.as_bytes()


def _no_link(_document: str) -> None:
    """Whoever gets a mail does not have the files."""


def _address(text: str) -> Address:
    parsed: Any = HeaderRegistry()("To", text)
    addresses: tuple[Address, ...] = parsed.addresses
    if len(addresses) != 1 or not addresses[0].domain or not addresses[0].username or parsed.defects:
        raise ExportError("export.address", f"{text} is no mail address.", "Write it as name@example.org.", value=text)
    return addresses[0]


def _facts(digest: Digest, words: Words) -> Iterator[str]:
    """The lines under the heading."""
    yield words("digest.as_of", day=words.today(digest.as_of))
    for meeting in digest.meetings:
        yield words("digest.meeting", meeting=printable(meeting))
    if digest.since is not None:
        yield words("digest.since", day=words.today(digest.since))
    tasks = {task.id: task for share in digest.shares for task in share.tasks}
    if not tasks:
        yield words("digest.nothing")
        return
    yield _count(Share("", tuple(tasks.values())), words) + "."


def _count(share: Share, words: Words) -> str:
    number, late = len(share.tasks), share.overdue
    told = words("digest.count_one") if number == 1 else words("digest.count_many", count=number)
    if late:
        told += ", " + (words("digest.overdue_one") if late == 1 else words("digest.overdue_many", count=late))
    return told


def _about(task: Task, share: Share, words: Words) -> Iterator[str]:
    """When it is due, who else has to do it, and which meeting asked for it."""
    row = task.action
    due = words.day(row.due) or row.due_text
    if due and row.overdue:
        yield words("digest.overdue", due=due)
    else:
        yield words("digest.due", due=due) if row.due else due or words("digest.no_due")
    others = list(row.owners)
    if share.owner in others:
        others.remove(share.owner)  # once: somebody else may be called so too
    if others and share.owner:
        yield words("digest.with", names=", ".join(map(printable, others)))
    meeting = ", ".join(filter(None, (row.meeting_body or row.meeting_title, words.day(row.meeting_date))))
    if meeting:
        yield words("digest.from", meeting=printable(meeting))
    if item := item_of(task):
        yield printable(item)


def _source(task: Task, words: Words) -> str:
    row = task.action
    return words("digest.source", document=printable(row.document), start=row.start, end=row.end)
