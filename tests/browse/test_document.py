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


def shown_as(markup: object) -> str:
    """Markup without what serves looks and anchors."""
    return re.sub(r' (?:id|lang|class|tabindex|scope)="[^"]*"', "", str(markup))


def test_two_languages_side_by_side_are_a_table() -> None:
    text = "Aanwezig: Noor      Présents : Noor\nVerslag: Wout       Rapport : Wout\n"
    passages = [Passage(0, 14, "paragraph", 0, "nl"), Passage(20, 35, "paragraph", 0, "fr")]
    passages += [Passage(36, 49, "paragraph", 0, "nl"), Passage(56, 70, "paragraph", 0, "fr")]
    markup = str(render(text, passages, []))
    assert "<pre" not in markup
    assert shown_as(markup).count("<tr>") == 2
    assert "<td><p>Aanwezig: Noor</p></td><td><p>Présents : Noor</p></td>" in shown_as(markup)
    assert '<p id="at-20" lang="fr">Présents : Noor</p>' in markup


def test_lines_between_ruled_lines_are_one_row_and_what_goes_on_is_joined() -> None:
    text = (
        "+--------------+---------------+\n| - Een punt   | - Un point    |\n| dat doorgaat | qui continue  |\n"
        "| - Nog een    | - Un autre    |\n+==============+===============+\n| Onder        | Dessous       |\n"
    )
    spans = [("Een punt", "doorgaat"), ("Un point", "continue"), ("Nog een", ""), ("Un autre", "")]
    spans += [("Onder", ""), ("Dessous", "")]
    passages = [
        Passage(
            text.index(first),
            text.index(last) + len(last) if last else text.index(first) + len(first),
            "quote",
            0,
            "nl",
        )
        for first, last in spans
    ]
    rows = re.findall(r"<td>.*?</td>", shown_as(render(text, passages, [])))
    assert rows == [
        "<td><p>- Een punt dat doorgaat</p><p>- Nog een</p></td>",
        "<td><p>- Un point qui continue</p><p>- Un autre</p></td>",
        "<td><p>Onder</p></td>",
        "<td><p>Dessous</p></td>",
    ]


def test_keys_beside_values_are_headings_of_their_row() -> None:
    text = "Datum      19 mei      Aanwezig    Tine\nUur        14.00                   Lander\n"
    quotes = {"Datum      19 mei": "table-row", "Aanwezig    Tine": "table-row", "Uur        14.00": "table-row"}
    passages = [Passage(text.index(q), text.index(q) + len(q), kind, 0, "nl") for q, kind in quotes.items()]
    passages.append(Passage(text.index("Lander"), text.index("Lander") + 6, "table-row", 0, "nl"))
    markup = shown_as(render(text, passages, []))
    assert "<tr><th><p>Datum</p></th><td><p>19 mei</p></td><th><p>Aanwezig</p></th><td><p>Tine</p></td></tr>" in markup
    assert "<tr><th><p>Uur</p></th><td><p>14.00</p></td><td></td><td><p>Lander</p></td></tr>" in markup


def test_lines_side_by_side_without_columns_in_common_stay_as_they_are_printed() -> None:
    text = "een  twee\n            drie    vier\n" + " " * 30 + "vijf    zes\n"
    passages = [Passage(text.index(word), text.index(word) + len(word), "paragraph", 0, "nl") for word in text.split()]
    assert "<pre" in str(render(text, passages, []))


def test_rows_of_different_lengths_are_a_table_all_the_same() -> None:
    text = "| Wie | Wat | Tegen |\n| Noor | affiche |\n| alleen dit |\n"
    passages = [Passage(m.start() + 2, m.end() - 2, "table-row", 0, "nl") for m in re.finditer(r"[^\n]+", text)]
    markup = shown_as(render(text, passages, []))
    assert "<tr><td>Wie</td><td>Wat</td><td>Tegen</td></tr>" in markup
    assert '<tr><td>Noor</td><td colspan="2">affiche</td></tr>' in markup
    assert '<tr><td colspan="3">alleen dit</td></tr>' in markup


def test_facts_are_keys_with_values() -> None:
    text = "**Datum:** 4 maart\nAanwezigen:\tNoor, Wout\nSans clef\n"
    passages = [Passage(2, 18, "key-value", 0, "nl")]
    passages += [
        Passage(m.start(), m.end(), "key-value", 0, "nl") for m in re.finditer(r"[^\n]+", text) if m.start() > 10
    ]
    markup = shown_as(render(text, passages, [], "text/markdown"))
    assert "<dt>Datum:</dt><dd>4 maart</dd>" in markup
    assert "<dt>Aanwezigen:</dt><dd>Noor, Wout</dd>" in markup
    assert "<p>Sans clef</p>" in markup


def test_each_line_of_facts_has_its_key_and_a_sentence_with_a_colon_has_none() -> None:
    text = "Aanwezig: Noor\nVerontschuldigd: Wout\nen Fien\n\nNoor vraagt aan de hele groep: wie komt er?\n"
    passages = [Passage(0, text.index("\n\n"), "key-value", 0, "nl")]
    passages.append(Passage(text.index("Noor vraagt"), len(text) - 1, "key-value", 0, "nl"))
    markup = shown_as(render(text, passages, []))
    assert "<dt>Aanwezig:</dt><dd>Noor\n</dd>" in markup
    assert "<dt>Verontschuldigd:</dt><dd>Wout\nen Fien</dd>" in markup
    assert "<p>Noor vraagt aan de hele groep: wie komt er?</p>" in markup


def test_signs_of_the_notation_are_left_out_of_what_is_read() -> None:
    text = "**Datum:** 4 maart, \\*niet\\* later"
    assert read(str(render(text, passages_of(text), [], "text/markdown"))).text == "Datum: 4 maart, *niet* later"
    assert read(str(render(text, passages_of(text), []))).text == text


def test_text_between_the_blocks_is_shown_too() -> None:
    text = "voor\n\nblok\n\nna de blokken"
    start = text.index("blok")
    shown = read(str(render(text, [Passage(start, start + 4, "paragraph", 0, None)], []))).text
    assert shown == "voorblokna de blokken"


_LETTERS = "ab <&|-*\n\t\u00e9"


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
def test_every_letter_of_the_text_is_shown_once_and_outside_columns_in_order(
    case: tuple[str, list[Passage], list[Note]],
) -> None:
    text, passages, notes = case
    markup = str(render(text, passages, notes))
    shown = [c for c in read(markup).text if c.isalpha()]
    assert sorted(shown) == sorted(c for c in text if c.isalpha())
    if 'class="woven"' not in markup:
        assert shown == [c for c in text if c.isalpha()]


@given(_marked())
def test_a_note_holds_the_letters_of_its_span_and_no_others(case: tuple[str, list[Passage], list[Note]]) -> None:
    text, passages, notes = case
    markup = str(render(text, passages, notes))
    noted = read(markup).noted
    for one in notes:
        expected = [c for c in text[one.start : one.end] if c.isalpha()]
        assert sorted(c for c in noted.get(one.id, "") if c.isalpha()) == sorted(expected)


@given(_marked())
def test_the_markup_is_balanced_and_its_anchors_differ(case: tuple[str, list[Passage], list[Note]]) -> None:
    markup = str(render(*case))
    for tag in set(re.findall(r"<([a-z0-9]+)", markup)):
        assert len(re.findall(rf"<{tag}[ >]", markup)) == markup.count(f"</{tag}>"), tag
    anchors = re.findall(r' id="([^"]*)"', markup)
    assert len(anchors) == len(set(anchors))
    assert "\x00" not in unescape(markup)
