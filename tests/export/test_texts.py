"""Markdown, todo.txt, digests and agendas: readable, in the language asked for, with the passage; nothing leaks out."""

from __future__ import annotations

import datetime
import email
import email.policy
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented_tasks import event, task
from markdown_it import MarkdownIt
from pytodotxt import Task as TodoLine

from minutes_nlp.errors import ExportError
from minutes_nlp.export.agenda import agenda_markdown
from minutes_nlp.export.digest import digest_html, digest_mail, digest_markdown
from minutes_nlp.export.markdown import literal, markdown_table, plain
from minutes_nlp.export.todo import todo_text
from minutes_nlp.export.words import Words
from minutes_nlp.query.agenda import NextAgenda, Points
from minutes_nlp.query.digest import Digest, Share
from minutes_nlp.resources import section

NL, FR = Words("nl"), Words("fr")
TODAY = datetime.date(2024, 5, 1)
NOON = datetime.datetime(2024, 5, 1, 12, tzinfo=datetime.UTC)
LINE = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1)


def no_link(_: str) -> None:
    return None


def link(name: str) -> str:
    return f"raw/{name}"


def digest(*shares: Share, **values: object) -> Digest:
    return Digest(as_of=TODAY, shares=shares, **values)


def keys(table: object, below: str = "") -> set[str]:
    if not isinstance(table, dict):
        return {below}
    return {key for name, value in table.items() for key in keys(value, f"{below}.{name}")}


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_every_word_is_there_in_each_language(language: str) -> None:
    assert keys(dict(section(language, "export"))) == keys(dict(section("en", "export")))


@pytest.mark.parametrize(
    ("day", "nl", "fr"),
    [
        ("2024-05-01", "1 mei 2024", "1er mai 2024"),
        ("2024-02-29", "29 februari 2024", "29 février 2024"),
        ("2024-12", "december 2024", "décembre 2024"),
        (None, "", ""),
    ],
)
def test_days_are_written_as_people_do(day: str | None, nl: str, fr: str) -> None:
    assert (NL.day(day), FR.day(day)) == (nl, fr)


@given(st.text())
@settings(deadline=None)
def test_no_sign_of_the_minutes_means_anything_to_markdown(text: str) -> None:
    shown = MarkdownIt("commonmark", {"html": True}).enable("table").parseInline(f"x{literal(text)}x")[0]
    assert {token.type for token in shown.children} <= {"text", "text_special"}
    joined = "".join(token.content for token in shown.children)
    assert joined == f"x{plain(literal(text))}x"


def test_an_action_that_begins_like_a_list_is_none() -> None:
    assert [literal(text) for text in ("- a", "1. a", "12) a", "+ a", "a - b")] == [
        "\\- a",
        "1\\. a",
        "12\\) a",
        "\\+ a",
        "a - b",
    ]


def test_the_table_has_a_row_per_action_and_links_the_document() -> None:
    table = markdown_table([task(action="a | b\nc", overdue=True)], NL, link).splitlines()
    assert table[2] == "| Status | Tegen | Wie | Actie | Vergadering | Orgaan | Agendapunt | Document |"
    assert table[4] == (
        "| te laat | 2024-04-15 | Noor Verbiest | a \\| b c | 2024-03-04 | werkgroep Wilgenhof | 2.1 Affiche |"
        " [wilgenhof/2024-03-04.txt \\[210–247\\]](raw/wilgenhof/2024-03-04.txt) |"
    )


def todo(line: str) -> TodoLine:
    return TodoLine(line.rstrip("\n"))


def test_a_todo_line_is_read_by_another_program() -> None:
    found = todo(todo_text([task(owners=("Noor Verbiest", "José"))]))
    assert not found.is_completed
    assert found.creation_date == datetime.date(2024, 3, 4)
    assert found.projects == ["werkgroep_Wilgenhof"]
    assert found.contexts == ["Noor_Verbiest", "José"]
    assert found.attributes["due"] == ["2024-04-15"]
    assert found.attributes["id"] == ["0123456789abcdef"]
    assert found.attributes["src"] == ["wilgenhof/2024-03-04.txt#210-247"]


def test_what_is_done_is_crossed_off_and_what_was_dropped_is_left_out() -> None:
    done = todo(todo_text([task(status="done", closed_on="2024-04-10")]))
    assert done.is_completed
    assert (done.completion_date, done.creation_date) == (datetime.date(2024, 4, 10), datetime.date(2024, 3, 4))
    assert todo(todo_text([task(status="done")])).is_completed
    assert todo_text([task(status="dropped")]) == ""


@pytest.mark.parametrize("text", ["x is klaar", "(A) eerst", "2024-01-01 begint", "xylofoon"])
def test_an_open_action_stays_open_whatever_it_begins_with(text: str) -> None:
    found = todo(todo_text([task(action=text, meeting_date=None)]))
    assert (found.is_completed, found.priority, found.creation_date) == (False, None, None)
    assert text in found.description


@given(st.lists(st.text(min_size=1), min_size=1, max_size=3))
@settings(deadline=None)
def test_there_is_one_todo_line_per_action_whatever_it_says(texts: list[str]) -> None:
    written = todo_text([task(action=text, owners=(text,), document=text) for text in texts])
    assert len(written.splitlines()) == len(texts)
    assert written.count("\n") == len(texts)


def test_a_digest_of_one_person_tells_when_where_from_and_shows_the_passage() -> None:
    both = task(owners=("Noor Verbiest", "José"), overdue=True)
    written = digest_markdown(digest(Share("Noor Verbiest", (both,)), owner="noor"), FR, link)
    assert written == (
        "# Reste à faire\u00a0: Noor Verbiest\n\n"
        "Situation au 1er mai 2024.\nUne action, dont une en retard.\n\n"
        "- **Noor maakt de affiche tegen 15 april.**\n"
        "  en retard depuis le 15 avril 2024 · avec José · De\u00a0: werkgroep Wilgenhof, 4 mars 2024 · 2.1 Affiche\n\n"
        "  > 2.1 Affiche. Noor maakt de affiche tegen 15 april.\n  >\n"
        "  > — [wilgenhof/2024-03-04.txt, caractères 210–247](raw/wilgenhof/2024-03-04.txt)\n"
    )


def test_a_digest_of_several_has_a_section_for_each_and_counts_an_action_once() -> None:
    one = task(owners=("Noor", "José"))
    nobody = task(id="b", owners=(), due=None, due_text=None, due_last_day=None)
    written = digest_markdown(
        digest(Share("José", (one,)), Share("Noor", (one,)), Share("", (nobody,)), meetings=("2024-03-04 · Verslag",)),
        NL,
        no_link,
    )
    assert "2 acties." in written
    assert "Vergadering: 2024-03-04 · Verslag" in written
    heads = [line for line in written.splitlines() if line.startswith("## ")]
    assert heads == ["## José (Eén actie)", "## Noor (Eén actie)", "## Niemand genoemd (Eén actie)"]
    assert "geen termijn" in written


def test_namesakes_are_told_apart_in_the_heads_and_one_can_be_with_the_other() -> None:
    one = task(owners=("Noor", "Noor"))
    shares = (Share("Noor", (one,), "Raad"), Share("Noor", (one,), "Bureau"))
    written = digest_markdown(digest(*shares), NL, no_link)
    heads = [line for line in written.splitlines() if line.startswith("## ")]
    assert heads == ["## Noor (Raad) (Eén actie)", "## Noor (Bureau) (Eén actie)"]
    assert written.count("samen met Noor ·") == 2
    assert digest_markdown(digest(shares[0], owner="Noor"), NL, no_link).startswith("# Nog te doen: Noor (Raad)\n")


def test_what_nobody_has_to_do_has_a_head_when_it_stands_alone() -> None:
    written = digest_markdown(digest(Share("", (task(owners=()),)), owner=""), NL, no_link)
    assert written.startswith("# Nog te doen: Niemand genoemd\n")


def test_a_digest_without_anything_says_so() -> None:
    assert digest_markdown(digest(owner="niemand"), NL, no_link) == (
        "# Nog te doen: niemand\n\nStand op 1 mei 2024.\nEr is niets te doen.\n"
    )


class Texts(HTMLParser):
    """The tags and the text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def test_a_page_shows_the_same_and_runs_nothing() -> None:
    evil = '<script>alert(1)</script> "><img src=x onerror=y>'
    one = task(action=evil, passage=evil, owners=(evil,), meeting_title=evil, meeting_body=evil, document=evil)
    page = Texts()
    page.feed(digest_html(digest(Share(evil, (one,)), Share("Noor", (one,))), NL, link))
    assert not {"script", "img"} & set(page.tags)
    assert page.text.count(evil) >= 6
    assert "noreferrer" not in page.text


def test_a_mail_holds_text_and_page_and_opens_as_a_draft() -> None:
    content = digest_mail(
        digest(Share("José d'Été", (task(action="R&D *x*"),)), owner="josé"),
        FR,
        now=NOON,
        to="José d'Été <jose@example.org>",
        sender="a@example.org",
    )
    mail = email.message_from_bytes(content, policy=email.policy.default)
    assert mail["Subject"] == "Reste à faire : José d'Été"
    assert mail["To"].addresses[0].addr_spec == "jose@example.org"
    assert mail["Date"].datetime == NOON
    assert mail["X-Unsent"] == "1"
    text, page = (part.get_content() for part in mail.iter_parts())
    assert "R&D *x*" in text
    assert "<strong>R&amp;D *x*</strong>" in page


@pytest.mark.parametrize("address", ["noor", "a@b@c", "", "a@example.org, b@example.org", "a@example.org\nBcc: c@d.e"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises((ExportError, ValueError)) as error:
        digest_mail(digest(), NL, now=NOON, to=address)
    assert getattr(error.value, "code", "export.address") == "export.address"


@given(LINE)
@settings(deadline=None)
def test_a_mail_can_be_written_of_any_name(name: str) -> None:
    content = digest_mail(digest(Share(name, (task(owners=(name,)),)), owner=name), NL, now=NOON)
    mail = email.message_from_bytes(content, policy=email.policy.default)
    assert len(list(mail.iter_parts())) == 2
    assert len(mail.get_all("Subject")) == 1


def agenda(*points: Points, **values: object) -> NextAgenda:
    own = {"body": "werkgroep Wilgenhof", "date": "2024-06-03", "last_date": "2024-03-04"}
    return NextAgenda(**{**own, **values}, points=points)


def test_the_agenda_says_everything_in_both_languages() -> None:
    both = task(overdue=True, events=(event("translated", None, quote="Noor fait l'affiche pour le 15 avril."),))
    written = agenda_markdown(agenda(Points("events", (both,)), Points(None, (task(owners=()),))), (NL, FR), no_link)
    lines = written.splitlines()
    assert lines[0] == "# Ontwerp van agenda / Projet d'ordre du jour: werkgroep Wilgenhof"
    assert lines[2] == "Datum / Date: 3 juni 2024 / 3 juin 2024"
    heads = [line for line in lines if line.startswith("##")]
    assert heads[0] == (
        "## 1. Goedkeuring van het verslag van 4 maart 2024 / Approbation du procès-verbal du 4 mars 2024"
    )
    assert heads[1] == "## 2. Openstaande punten / Points ouverts"
    assert heads[2].startswith("### 2.1. ")
    assert " / " in heads[2]
    assert heads[3] == "### 2.2. Andere punten / Autres points"
    assert heads[4] == "## 3. Varia / Divers"
    assert "- **Noor maakt de affiche tegen 15 april.**\n  / **Noor fait l'affiche pour le 15 avril.**" in written
    assert "Wie / Qui: …" in written
    assert "**te laat / en retard**" in written
    assert "wilgenhof/2024-03-04.txt" in written


def test_an_agenda_without_points_or_dates_can_be_filled_in() -> None:
    written = agenda_markdown(agenda(date=None, last_date=None), (FR,), no_link)
    assert "Date\u00a0: à compléter" in written
    assert "Approbation du procès-verbal précédent" in written
    assert "Il n'y a aucun point ouvert." in written
