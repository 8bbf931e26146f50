"""The text of a document as a page: nothing is lost, nothing is markup, and every note stands exactly where it is."""

import re
from html import unescape
from html.parser import HTMLParser

from hypothesis import example, given
from hypothesis import strategies as st

from minutes_nlp.browse.document import Note, Passage, render


class _Reader(HTMLParser):
    """The text of markup, with the text of each note (by the id in `data-notes` of its marks)."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.noted: dict[str, str] = {}
        self.tags: list[str] = []
        self._notes: list[str] = []
        self._unseen = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        about = dict(attrs)
        if tag == "mark":
            self._notes = (about["data-notes"] or "").split()
        self._unseen = self._unseen or about.get("class") == "unseen"

    def handle_endtag(self, tag: str) -> None:
        if tag == "mark":
            self._notes = []
        if tag == "span":
            self._unseen = False

    def handle_data(self, data: str) -> None:
        if self._unseen:
            return
        self.text += data
        for note in self._notes:
            self.noted[note] = self.noted.get(note, "") + data


def read(markup: str) -> _Reader:
    reader = _Reader()
    reader.feed(markup)
    return reader


def passages_of(text: str, kind: str = "paragraph") -> list[Passage]:
    """Every line with anything in it."""
    return [Passage(found.start(), found.end(), kind, 0, None) for found in re.finditer(r"[^\n]*\S[^\n]*", text)]


def note(text: str, quote: str, kind: str = "action", **values: int) -> Note:
    start = text.index(quote)
    return Note(f"{kind}-{start}", kind, start, start + len(quote), f"a {kind}", **values)


def test_markup_in_the_text_and_in_what_is_told_of_a_note_is_text() -> None:
    text = '<script>alert(1)</script> & "quoted"'
    notes = [Note("action-1", "action", 0, 8, '"><img src=x onerror=alert(2)>')]
    markup = str(render(text, passages_of(text), notes))
    assert "<script" not in markup
    assert "<img" not in markup
    assert read(markup).text == text


def test_a_note_within_another_and_one_that_overlaps_both_are_marked_to_the_character() -> None:
    text = "Noor maakt de affiche tegen 15 april en José betaalt."
    notes = [
        note(text, "Noor maakt de affiche tegen 15 april"),
        note(text, "Noor", "owner"),
        note(text, "tegen 15 april en José betaalt", "decision"),
    ]
    noted = read(str(render(text, passages_of(text), notes))).noted
    assert noted == {
        "action-0": "Noor maakt de affiche tegen 15 april",
        "owner-0": "Noor",
        f"decision-{text.index('tegen')}": "tegen 15 april en José betaalt",
    }


def test_a_note_over_several_blocks_is_marked_in_each_and_begins_in_the_first() -> None:
    text = "Eerste regel\ntweede regel\nderde regel"
    markup = str(render(text, passages_of(text), [Note("action-1", "action", 7, 32, "an action")]))
    assert read(markup).noted["action-1"] == "regeltweede regelderde "
    assert markup.count('id="action-1"') == 1


def test_lists_headings_and_tables_are_as_they_are() -> None:
    text = "# Titel\n\n- een\n  - diep\n- twee\n\n| Wie | Wat |\n| --- | --- |\n| Noor | affiche |\n\n1) punt\n"
    kinds = {"Titel": ("heading", 1), "een": ("list-item", 1), "diep": ("list-item", 2), "twee": ("list-item", 1)}
    kinds |= {"Wie | Wat": ("table-row", 0), "Noor | affiche": ("table-row", 0), "punt": ("list-item", 1)}
    passages = [
        Passage(text.index(quote), text.index(quote) + len(quote), kind, level, "nl")
        for quote, (kind, level) in kinds.items()
    ]
    markup = re.sub(r' (?:id|lang|class|tabindex|scope)="[^"]*"', "", str(render(text, passages, [], "text/markdown")))
    assert "<h2>Titel</h2>" in markup
    assert "<ul><li>een<ul><li>diep</li></ul></li><li>twee</li></ul>" in markup
    assert "<tr><th>Wie</th><th>Wat</th></tr><tr><td>Noor</td><td>affiche</td></tr>" in markup
    assert "<li><span>1)</span> punt</li>" in markup


def test_two_columns_are_shown_as_they_are_printed() -> None:
    text = "Aanwezig: Noor      Présents : Noor\nVerslag: Wout       Rapport : Wout\n"
    passages = [Passage(0, 14, "paragraph", 0, "nl"), Passage(20, 35, "paragraph", 0, "fr")]
    passages += [Passage(36, 49, "paragraph", 0, "nl"), Passage(56, 70, "paragraph", 0, "fr")]
    reader = read(str(render(text, passages, [])))
    assert "pre" in reader.tags
    assert "Aanwezig: Noor      Présents : Noor" in reader.text


def test_signs_of_the_notation_are_left_out_of_what_is_read() -> None:
    text = "**Datum:** 4 maart, \\*niet\\* later"
    assert read(str(render(text, passages_of(text), [], "text/markdown"))).text == "Datum: 4 maart, *niet* later"
    assert read(str(render(text, passages_of(text), []))).text == text


def test_text_between_the_blocks_is_shown_too() -> None:
    text = "voor\n\nblok\n\nna de blokken"
    start = text.index("blok")
    shown = read(str(render(text, [Passage(start, start + 4, "paragraph", 0, None)], []))).text
    assert shown == "voorblokna de blokken"


_LETTERS = "ab <&|-*\n\u00e9"


@st.composite
def _marked(draw: st.DrawFn) -> tuple[str, list[Passage], list[Note]]:
    text = draw(st.text(_LETTERS, max_size=80))
    places = st.integers(0, len(text))
    kinds = st.sampled_from(["paragraph", "heading", "list-item", "table-row", "key-value", "quote"])
    spans = draw(st.lists(st.tuples(places, places), max_size=6))
    passages = [Passage(min(a, b), max(a, b), draw(kinds), draw(st.integers(0, 3)), None) for a, b in spans]
    found = draw(st.lists(st.tuples(places, places, st.sampled_from(["action", "decision", "item"])), max_size=5))
    notes = [Note(f"n{n}", kind, min(a, b), max(a, b), "it", level=1) for n, (a, b, kind) in enumerate(found)]
    return text, passages, notes


@given(_marked())
@example(("a\nb", [Passage(0, 3, "table-row", 0, None)], []))
def test_every_letter_of_the_text_is_shown_once_and_in_order(case: tuple[str, list[Passage], list[Note]]) -> None:
    text, passages, notes = case
    shown = read(str(render(text, passages, notes))).text
    assert [c for c in shown if c.isalpha()] == [c for c in text if c.isalpha()]


@given(_marked())
def test_a_note_holds_the_letters_of_its_span_and_no_others(case: tuple[str, list[Passage], list[Note]]) -> None:
    text, passages, notes = case
    markup = str(render(text, passages, notes))
    noted = read(markup).noted
    for one in notes:
        expected = [c for c in text[one.start : one.end] if c.isalpha()]
        assert [c for c in noted.get(one.id, "") if c.isalpha()] == expected


@given(_marked())
def test_the_markup_is_balanced_and_its_anchors_differ(case: tuple[str, list[Passage], list[Note]]) -> None:
    markup = str(render(*case))
    for tag in set(re.findall(r"<([a-z0-9]+)", markup)):
        assert len(re.findall(rf"<{tag}[ >]", markup)) == markup.count(f"</{tag}>"), tag
    anchors = re.findall(r' id="([^"]*)"', markup)
    assert len(anchors) == len(set(anchors))
    assert "\x00" not in unescape(markup)
