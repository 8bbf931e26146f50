"""PDFs: what underlining, margins, boxes and the edges of text tell."""

from __future__ import annotations

import pytest
from pdf_pages import LEFT, WIDTH, Drawn, read, shown, words

from minutes_nlp.reading.document import ApartKind, BlockKind

LONG = (
    "De voorzitter opent de vergadering om tien over acht en heet iedereen welkom in de grote zaal van het buurthuis, "
    "waar de verwarming na drie weken weer werkt. Zij bedankt de vrijwilligers die de stoelen hebben klaargezet."
)


def underlined(drawn: Drawn, text: str, *, begin: float = 0.0, more: float = 0.0, below: float = 1.5) -> Drawn:
    """Print a line with a line below it from `begin` points after its left end to `more` points after its right end."""
    drawn.set_font("Helvetica", size=11)
    y, right = drawn.down + below, LEFT + drawn.get_string_width(text)
    drawn.line(LEFT + begin, y, right + more, y)
    return drawn.line_of(text)


def headings(drawn: Drawn) -> list[tuple[int, str]]:
    """Level and text of each heading."""
    document = read(drawn.bytes())
    return [(b.level, words(document, b)) for b in document.blocks if b.kind is BlockKind.HEADING]


def test_underlined_lines_are_headings_below_bold_ones() -> None:
    drawn = Drawn().sheet()
    for number, title in enumerate(("Opening", "Financiën"), 1):
        drawn.line_of(f"{number}. {title}", bold=True).space(4).running(LONG)
        underlined(drawn.space(), "Bespreking").space(4).running(LONG)
    assert headings(drawn) == [(1, "1. Opening"), (2, "Bespreking"), (1, "2. Financiën"), (2, "Bespreking")]


def test_an_underlined_heading_may_stand_right_below_a_bold_one() -> None:
    drawn = Drawn().sheet().running(LONG).line_of("Speeltuin", bold=True).space()
    underlined(drawn, "Opmerkingen").space(4).running(LONG)
    assert headings(drawn) == [(1, "Speeltuin"), (2, "Opmerkingen")]


def test_an_underlined_line_right_below_text_stands_by_itself() -> None:
    drawn = Drawn().sheet().line_of("Het vorige verslag is goedgekeurd.")
    underlined(drawn, "Nog te doen:").line_of("Noor Aelvoet belt de aannemer.")
    document = read(drawn.bytes())
    assert [(words(document, b), b.strong) for b in document.blocks] == [
        ("Het vorige verslag is goedgekeurd.", False),
        ("Nog te doen:", True),
        ("Noor Aelvoet belt de aannemer.", False),
    ]


@pytest.mark.parametrize(
    ("begin", "more", "below", "is_one"),
    [
        (0, 3, 1.5, True),  # with a space after it
        (14, 0, 1.5, True),  # but for its number
        (0, 60, 1.5, False),  # a line to write on, or of a table
        (0, 0, 5.0, False),  # too far below
        (0, -40, 1.5, False),  # a part of it
    ],
)
def test_which_lines_underline(begin: float, more: float, below: float, is_one: bool) -> None:
    drawn = Drawn().sheet().running(LONG)
    underlined(drawn, "1. Nieuwe speeltuin", begin=begin, more=more, below=below).space(4).running(LONG)
    assert bool(headings(drawn)) is is_one


def test_a_link_is_no_heading_for_being_underlined() -> None:
    drawn = Drawn().sheet().running(LONG).space()
    width = drawn.get_string_width("De pagina van de buurtraad")
    drawn.link(LEFT, drawn.down - 10, width, 13, "https://buurtraad.example/")
    underlined(drawn, "De pagina van de buurtraad").space(4).running(LONG)
    assert headings(drawn) == []


def test_a_bold_line_with_an_address_is_no_heading_without_number() -> None:
    drawn = Drawn().sheet().running(LONG)
    drawn.line_of("Vragen: linde@buurtraad.example", bold=True).space(4).running(LONG)
    drawn.line_of("1. De pagina https://linde.example", bold=True).space(4).running(LONG)
    assert headings(drawn) == [(1, "1. De pagina https://linde.example")]


def _flush(drawn: Drawn, *lines: str) -> Drawn:
    """Print lines that all end at the right edge, each letter a little further apart or closer together."""
    for line in lines:
        drawn.set_font("Helvetica", size=11)
        drawn.set_stretching(100 * WIDTH / drawn.get_string_width(line))
        drawn.at(LEFT, drawn.down, line)
        drawn.set_stretching(100)
        drawn.down += 14
    return drawn


def test_a_short_line_of_justified_text_ends_its_paragraph() -> None:
    drawn = _flush(
        Drawn().sheet(),
        "De penningmeester legt de rekening voor die door de kascommissie werd nagekeken en",
        "waarin de kosten van het tuinfeest en de bussen staan, zoals in het voorjaar gevraagd",
        "was door de leden die er toen bij waren en die er nu nog altijd heel graag bij komen",
        "zitten om te horen hoe het met het geld staat van de vereniging en van de speeltuin",
        "die ze samen met de school onderhouden, want de bijdragen komen wat later binnen dan",
    ).line_of("in het vorige jaar het geval was voor alle wijken")
    drawn.line_of("externe controle komt in juni")
    *_, before, last = (text for _, text in shown(read(drawn.bytes())))
    assert before.endswith("voor alle wijken")
    assert last == "externe controle komt in juni"


def test_a_short_line_of_ragged_text_does_not() -> None:
    drawn = Drawn().sheet().line_of("De penningmeester legt de rekening voor die is nagekeken")
    drawn.line_of("door de kascommissie van de vereniging.").running(LONG)
    assert shown(read(drawn.bytes()))[0][1].endswith("nagekeken door de kascommissie van de vereniging.")


@pytest.mark.parametrize("centred", [True, False], ids=["centred", "flush right"])
def test_a_paragraph_that_does_not_begin_on_the_left_is_whole(centred: bool) -> None:
    lines = (
        "Dat de vereniging haar leden vraagt of zij voor een speeltuin zijn die in de zomer opengaat",
        "aan de Molenweg.",
    )
    drawn = Drawn().sheet().running(LONG)
    for line in lines:
        room = WIDTH - drawn.get_string_width(line)
        drawn.line_of(line, indent=room / 2 if centred else room)
    assert shown(read(drawn.running(LONG).bytes()))[1][1] == " ".join(lines)


def test_a_letterhead_set_flush_right_keeps_its_lines() -> None:
    drawn = Drawn().sheet()
    for line in ("Buurtraad De Linde", "Werkgroep Speelruimte"):
        drawn.line_of(line, indent=WIDTH - drawn.get_string_width(line))
    assert [text for _, text in shown(read(drawn.space().running(LONG).bytes()))][:2] == [
        "Buurtraad De Linde",
        "Werkgroep Speelruimte",
    ]


def test_lists_side_by_side_are_read_one_after_the_other() -> None:
    left = ("1. Naam", "2. Zetel", "3. Doel", "4. Duur van de", "bestaande")
    right = ("5. Leden", "6. Bestuur", "7. Bijdrage", "8. Einde")
    drawn = Drawn().sheet().running(LONG)
    for number, line in enumerate(left):
        if number < len(right):
            drawn.at(LEFT + 250, drawn.down, right[number])
        drawn.line_of(line, indent=12 if number == 4 else 0)
    document = read(drawn.running(LONG).bytes())
    items = [(b.level, words(document, b)) for b in document.blocks if b.kind is BlockKind.LIST_ITEM]
    assert items == [(1, text) for text in (*left[:3], "4. Duur van de bestaande", *right)]
    assert shown(document)[-1] == ("paragraph", LONG)


def test_numbered_names_beside_functions_are_rows() -> None:
    drawn = Drawn().sheet()
    people = ("Noor Aelvoet", "voorzitter"), ("Bram Tack", "secretaris"), ("Wim Sterk", "lid"), ("Griet Maas", "lid")
    for number, (name, function) in enumerate(people, 1):
        drawn.at(LEFT + 250, drawn.down, function).line_of(f"{number}. {name}")
    assert [kind for kind, _ in shown(read(drawn.bytes()))] == ["table-row"] * 4


def test_what_begins_in_the_margin_stands_in_it_in_letters_of_any_size() -> None:
    drawn = Drawn().sheet()
    margin = ("Bezoekadres", "Molenweg 1", "Elzendam", "Datum")
    for number, line in enumerate(margin):
        drawn.at(480, 60 + 12 * number, line, size=7)
    drawn.at(480, 108, "3 mei 2024", size=11)
    drawn.down = 108.0
    drawn.at(LEFT, 108, "Aanwezig").line_of("Noor Aelvoet, voorzitter", indent=110)
    for name in ("Bram Tack, secretaris", "Wim Sterk, lid", "Griet Maas, lid"):
        drawn.line_of(name, indent=110)
    texts = [text for _, text in shown(read(drawn.space().running(LONG).bytes()))]
    assert "Aanwezig | Noor Aelvoet, voorzitter" in texts
    assert texts.index("3 mei 2024") < texts.index("Aanwezig | Noor Aelvoet, voorzitter")


def _boxes(drawn: Drawn, count: int) -> Drawn:
    """Draw boxes side by side with two lines in each."""
    for number in range(count):
        x = LEFT + 75 * number
        drawn.rect(x, drawn.down - 14, 70, 34)
        drawn.at(x + 4, drawn.down, f"Bezwaar {number}").at(x + 4, drawn.down + 13, "indienen")
    return drawn.space(50)


def test_boxes_side_by_side_are_read_one_by_one() -> None:
    drawn = _boxes(Drawn().sheet().running(LONG), 3).running(LONG)
    assert [text for _, text in shown(read(drawn.bytes()))] == [
        LONG,
        *(f"Bezwaar {number} indienen" for number in range(3)),
        LONG,
    ]


def test_a_box_in_a_box_is_read_once() -> None:
    drawn = Drawn().sheet().running(LONG).space()
    drawn.rect(LEFT, drawn.down - 14, 300, 70)
    drawn.rect(LEFT + 100, drawn.down + 6, 120, 34)
    drawn.at(LEFT + 4, drawn.down, "Ter herinnering").at(LEFT + 4, drawn.down + 50, "Met dank")
    drawn.at(LEFT + 104, drawn.down + 18, "De zaal sluit").at(LEFT + 104, drawn.down + 32, "om elf uur")
    words_read = read(drawn.bytes()).text.removeprefix(LONG).split()
    assert " ".join(sorted(words_read)) == "De Met Ter dank elf herinnering om sluit uur zaal"
    assert "De zaal sluit om elf uur" in " ".join(words_read)


def test_many_boxes_with_few_words_are_the_parts_of_a_drawing() -> None:
    drawn = _boxes(Drawn().sheet().running(LONG), 6).running(LONG)
    assert shown(read(drawn.bytes())) == [
        ("paragraph", LONG),
        *(("figure", f"Bezwaar {number} indienen") for number in range(6)),
        ("paragraph", LONG),
    ]


def test_many_boxes_with_sentences_are_text() -> None:
    drawn = Drawn().sheet()
    said = [f"Voorstel {number} is goedgekeurd, en de werken in de wijk beginnen na de zomer." for number in range(6)]
    for text in said:
        drawn.rect(LEFT - 4, drawn.down - 14, 220, 34)
        drawn.running(text, width=210).space(20)
    assert shown(read(drawn.bytes())) == [("paragraph", text) for text in said]


def _lanes(drawn: Drawn, steps: int) -> Drawn:
    """Draw lanes, a name that stands beside all of them, and boxes in them: who does what in which phase."""
    down = drawn.down
    drawn.rect(LEFT, down, 40, 180)
    for number, sign in enumerate("LOKAAL"):
        drawn.at(LEFT + 16, down + 30 + 20 * number, sign)
    for number, name in enumerate(("Aanvrager", "Dienst", "College")):
        top = down + 60 * number
        drawn.rect(LEFT + 40, top, 90, 60)
        drawn.rect(LEFT + 130, top, 340, 60)
        drawn.at(LEFT + 46, top + 20, name)
        if number < steps:
            x = LEFT + 150 + 90 * number
            drawn.rect(x, top + 10, 70, 40)
            drawn.at(x + 4, top + 26, "Aanvraag").at(x + 4, top + 40, f"bezorgen {number}")
    drawn.down = down + 210
    return drawn


def test_the_steps_and_the_lanes_of_a_drawing_are_each_read_by_themselves() -> None:
    found = shown(read(_lanes(Drawn().sheet().running(LONG), 3).running(LONG).bytes()))
    assert found[0] == found[-1] == ("paragraph", LONG)
    assert {kind for kind, _ in found[1:-1]} == {"figure"}
    parts = [text for _, text in found[1:-1]]
    assert parts[0] == "L O K A A L"
    assert sorted(parts[1:]) == sorted(
        ["Aanvrager", "Dienst", "College", *(f"Aanvraag bezorgen {n}" for n in range(3))]
    )
    assert parts.index("Aanvrager") < parts.index("Aanvraag bezorgen 0") < parts.index("Dienst")


def test_lines_without_boxes_in_them_are_no_drawing() -> None:
    found = shown(read(_lanes(Drawn().sheet().running(LONG), 0).running(LONG).bytes()))
    assert "figure" not in {kind for kind, _ in found}


def test_a_field_of_a_form_goes_with_its_name() -> None:
    drawn = Drawn().sheet().running(LONG)
    drawn.rect(LEFT + 80, drawn.down - 12, 150, 17)
    drawn.at(LEFT + 84, drawn.down, "Noor Aelvoet").line_of("Voorzitter:")
    assert [text.split() for _, text in shown(read(drawn.bytes()))][1] == ["Voorzitter:", "Noor", "Aelvoet"]


def _sideways(drawn: Drawn, text: str) -> Drawn:
    with drawn.rotation(90, x=30, y=400):
        drawn.at(30, 400, text)
    return drawn


def test_words_printed_upwards_are_whole_and_come_after_the_page() -> None:
    drawn = _sideways(Drawn().sheet().running(LONG), "Ontwerp van het bestuur")
    assert shown(read(drawn.bytes())) == [("paragraph", LONG), ("paragraph", "Ontwerp van het bestuur")]


def test_what_is_printed_upwards_on_several_pages_is_set_apart() -> None:
    drawn = Drawn()
    for number, said in enumerate(("Noor Aelvoet opent de vergadering.", "Bram Tack sluit haar om tien uur."), 1):
        _sideways(drawn.sheet().running(said), f"Ontwerp van het bestuur {number}")
    document = read(drawn.bytes())
    assert "Ontwerp" not in document.text
    assert [(a.kind, a.text) for a in document.apart] == [
        (ApartKind.HEADER, "Ontwerp van het bestuur 1"),
        (ApartKind.HEADER, "Ontwerp van het bestuur 2"),
    ]


def test_boxes_bullets_and_arrows_of_a_font_of_symbols() -> None:
    drawn = Drawn().sheet().running(LONG)
    drawn.set_font("Times", size=11)
    for x, sign in ((LEFT, "þ"), (LEFT + 100, "¨")):
        drawn.text(x, drawn.down, sign)
    drawn.at(LEFT + 14, drawn.down, "Goedgekeurd").at(LEFT + 114, drawn.down, "Verworpen")
    for number, text in enumerate(("de zaal huren", "de poort verven"), 2):
        drawn.set_font("Times", size=11)
        drawn.text(LEFT, drawn.down + 20 * number, "§")
        drawn.at(LEFT + 14, drawn.down + 20 * number, text)
    drawn.set_font("Times", size=11)
    drawn.text(LEFT + 33, drawn.down + 100, "à")
    drawn.at(LEFT, drawn.down + 100, "Quiz").at(LEFT + 48, drawn.down + 100, "in mei")
    content = drawn.bytes().replace(b"/Times-Roman", b"/Wingdings-X")
    _, *found = shown(read(content))
    assert " ".join(found[0][1].split()) == "☑ Goedgekeurd ☐ Verworpen"
    assert found[1:] == [
        ("list-item", "• de zaal huren"),
        ("list-item", "• de poort verven"),
        ("paragraph", "Quiz → in mei"),
    ]


def test_a_picture_without_a_name_is_not_read_as_letters() -> None:
    drawn = Drawn().sheet().running(LONG).at(LEFT, 200, "Duidelijke taal")
    drawn.set_font("Times", size=11)
    drawn.text(LEFT + 90, 200, "!#")
    content = drawn.bytes().replace(b"/Times-Roman", b"/Segoe-Emoji")
    assert shown(read(content))[-1] == ("paragraph", "Duidelijke taal")
