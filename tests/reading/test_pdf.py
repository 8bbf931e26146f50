"""PDFs: text, headings, lists, tables and columns as they look on the page."""

from __future__ import annotations

import pytest
from pdf_pages import LEFT, Drawn, read, shown, words

from minutes_nlp.errors import ReadingError
from minutes_nlp.reading.document import ApartKind, BlockKind
from minutes_nlp.reading.pdf import PdfReader
from minutes_nlp.reading.readers import Limits

LONG = (
    "De voorzitter opent de vergadering om tien over acht en heet iedereen welkom in de grote zaal van het buurthuis, "
    "waar de verwarming na drie weken weer werkt. Zij bedankt de vrijwilligers die de stoelen hebben klaargezet."
)


def test_a_paragraph_is_one_line_over_the_lines_it_was_broken_into() -> None:
    document = read(Drawn().sheet().running(LONG).running("Daarna volgt een rondje.").bytes())
    assert shown(document) == [("paragraph", LONG), ("paragraph", "Daarna volgt een rondje.")]


def test_a_word_hyphenated_at_the_end_of_a_line_is_whole_again_but_a_hyphen_of_its_own_stays() -> None:
    drawn = Drawn().sheet()
    drawn.line_of("De penningmeester legt de jaarrekening voor die door de kascommis-")
    drawn.line_of("sie is nagekeken en waarin de kosten van het tuinfeest, de nieuwe web-en-")
    drawn.line_of("mailserver en de bussen naar de kust staan, zoals in juni is afgesproken.")
    text = read(drawn.bytes()).text
    assert "de kascommissie is nagekeken" in text
    assert "web-en-mailserver" in text


@pytest.mark.parametrize(
    ("end", "beginning"),
    [
        ("met een zand-", "en waterbak"),
        ("met een haal-", "of brengdienst"),
        ("op zon-", "als feestdagen"),
        ("mit Vor-", "oder Nachteilen"),
        ("with short-", "or long-term plans"),
        ("avec le mini-", "ou maxibus"),
    ],
)
def test_a_hyphen_before_a_conjunction_stays_at_its_word(end: str, beginning: str) -> None:
    drawn = Drawn().sheet().line_of(f"De wijk krijgt deze zomer eindelijk een heel nieuw plein {end}")
    drawn.line_of(f"{beginning}, zoals de ouders in het voorjaar hadden gevraagd aan ons.")
    assert f"{end} {beginning}, zoals" in read(drawn.bytes()).text


def test_a_word_that_only_begins_like_a_conjunction_is_whole_again() -> None:
    drawn = Drawn().sheet().line_of("De wijk krijgt deze zomer eindelijk een heel nieuw plein bij het kerkh-")
    drawn.line_of("offer van de gemeente, zoals de ouders in het voorjaar hadden gevraagd.")
    assert "kerkhoffer van" in read(drawn.bytes()).text


def test_every_block_lies_in_the_text_and_knows_its_page() -> None:
    drawn = Drawn().sheet().line_of("Verslag", size=18, bold=True).space().running(LONG)
    drawn.sheet().running("Op de tweede bladzijde staat nog een besluit over de speeltuin.")
    drawn.sheet().line_of("1. Eerste punt").line_of("2. Tweede punt")
    document = read(drawn.bytes())
    assert [block.page for block in document.blocks] == [1, 1, 2, 3, 3]
    starts = [block.span.start for block in document.blocks]
    assert starts == sorted(starts)
    for block in document.blocks:
        assert all(block.span.contains(line) for line in block.lines)


def test_a_paragraph_goes_on_over_the_end_of_a_page() -> None:
    drawn = Drawn().sheet()
    drawn.line_of("Het bestuur besluit om de subsidie voor de fanfare te verhogen, mits de")
    drawn.sheet().line_of("gemeente haar deel betaalt.")
    document = read(drawn.bytes())
    assert [text for _, text in shown(document)] == [
        "Het bestuur besluit om de subsidie voor de fanfare te verhogen, mits de gemeente haar deel betaalt."
    ]


def test_headings_are_told_by_size_weight_and_number() -> None:
    drawn = Drawn().sheet().line_of("Bestuursvergadering", size=20, bold=True).space(20).running(LONG)
    for title, body in (("1. Opening", LONG), ("2. Financiën", LONG), ("2.1 Kas", LONG)):
        drawn.line_of(title, bold=True).space(4).running(body)
    document = read(drawn.bytes())
    headings = [(b.level, words(document, b)) for b in document.blocks if b.kind is BlockKind.HEADING]
    assert headings == [(1, "Bestuursvergadering"), (2, "1. Opening"), (2, "2. Financiën"), (3, "2.1 Kas")]


def test_a_bold_sentence_is_no_heading() -> None:
    drawn = (
        Drawn().sheet().running(LONG).line_of("Het bestuur keurt de begroting goed.", bold=True).space().running(LONG)
    )
    document = read(drawn.bytes())
    assert [(b.kind, b.strong) for b in document.blocks] == [
        (BlockKind.PARAGRAPH, False),
        (BlockKind.PARAGRAPH, True),
        (BlockKind.PARAGRAPH, False),
    ]


def test_list_items_keep_their_number_and_depth() -> None:
    drawn = Drawn().sheet().running(LONG)
    first, goes_on = (
        "Griet vraagt drie offertes op bij de dakdekkers van de streek en legt ze",
        "voor op de vergadering.",
    )
    drawn.line_of(f"1. {first}", indent=10).line_of(goes_on, indent=24)
    drawn.line_of("- liefst met garantie", indent=40).line_of("- voor de winter", indent=40)
    drawn.line_of("2. Wim belt de verzekering.", indent=10)
    document = read(drawn.bytes())
    items = [(b.level, words(document, b)) for b in document.blocks if b.kind is BlockKind.LIST_ITEM]
    assert items == [
        (1, f"1. {first} {goes_on}"),
        (2, "- liefst met garantie"),
        (2, "- voor de winter"),
        (1, "2. Wim belt de verzekering."),
    ]


def test_lines_around_cells_make_a_table_with_a_header() -> None:
    rows = [["Wat", "Wie", "Tegen"], ["Dak herstellen", "Griet Maas", "1 mei"], ["Poort verven", "", "1 juni"]]
    document = read(Drawn().sheet().running(LONG).ruled(rows, [200, 150, 100]).running("Einde.").bytes())
    found = [b for b in document.blocks if b.kind is BlockKind.TABLE_ROW]
    assert [[cell.text(document.text) for cell in b.cells] for b in found] == rows
    assert [b.header for b in found] == [True, False, False]
    assert shown(document)[-1] == ("paragraph", "Einde.")


def test_a_table_goes_on_on_the_next_page_without_its_header_again() -> None:
    head, widths = ["Wat", "Wie"], [250, 150]
    drawn = Drawn().sheet().ruled([head, ["Stoelen tellen", "Bram"]], widths)
    drawn.sheet().ruled([head, ["Sleutels bijmaken", "Noor"]], widths)
    document = read(drawn.bytes())
    assert [(b.table, words(document, b)) for b in document.blocks] == [
        (1, "Wat | Wie"),
        (1, "Stoelen tellen | Bram"),
        (1, "Sleutels bijmaken | Noor"),
    ]


def test_a_box_around_text_is_no_table() -> None:
    drawn = Drawn().sheet()
    drawn.rect(LEFT - 6, 40, 490, 90)
    assert [kind for kind, _ in shown(read(drawn.running(LONG).bytes()))] == ["paragraph"]


def test_columns_without_lines_are_rows() -> None:
    drawn = Drawn().sheet()
    people = [
        ("Naam", "Organisatie"),
        ("Griet Maas", "Buurtraad"),
        ("Wim Sterk", "Sportclub"),
        ("Noor Aalst", "School"),
    ]
    for name, organisation in people:
        drawn.at(LEFT, drawn.down, name).line_of(organisation, indent=180)
    assert shown(read(drawn.bytes())) == [("table-row", f"{a} | {b}") for a, b in people]


def test_two_languages_side_by_side_are_read_one_after_the_other() -> None:
    dutch = (
        "De raad keurt het verslag van de vorige vergadering goed. Het dossier van de fietsbrug wordt op de volgende "
        "zitting besproken, omdat het advies van de dienst nog niet is binnengekomen bij het secretariaat."
    )
    french = (
        "Le conseil approuve le compte rendu de la réunion précédente. Le dossier de la passerelle est remis à la "
        "prochaine séance, parce que le service n'a pas encore rendu son avis au secrétariat de la commission."
    )
    drawn = Drawn().sheet().running(dutch, width=220, y=80)
    drawn.running(french, x=LEFT + 250, width=220, y=80)
    assert [text for _, text in shown(read(drawn.bytes()))] == [dutch, french]


def test_headers_footers_and_page_numbers_are_set_apart() -> None:
    drawn = Drawn()
    for number in range(1, 4):
        drawn.sheet().at(LEFT, 30, "Buurtraad De Linde").at(LEFT, 815, f"Pagina {number} van 3")
        if number == 1:
            drawn.line_of("Buurtraad De Linde: verslag", size=16, bold=True).space()
        drawn.running(f"{LONG} Zo luidt deel {number}.")
    document = read(drawn.bytes())
    assert "Pagina" not in document.text
    assert document.text.count("Buurtraad De Linde") == 1
    assert {(a.kind, a.text) for a in document.apart} >= {
        (ApartKind.HEADER, "Buurtraad De Linde"),
        (ApartKind.FOOTER, "Pagina 2 van 3"),
    }


def test_what_the_text_says_again_and_again_is_no_footer_where_it_ends_pages() -> None:
    drawn = Drawn()
    for _ in range(3):
        drawn.sheet().running(LONG).running(LONG).running(LONG).line_of("Aangenomen.").space().running(LONG)
        drawn.at(LEFT, 790, "Aangenomen.")
    document = read(drawn.bytes())
    assert document.text.count("Aangenomen.") == 6
    assert not document.apart


def test_a_running_header_that_is_the_title_stays_once() -> None:
    drawn = Drawn()
    for _ in range(3):
        drawn.sheet().at(LEFT, 30, "Verslag van 3 mei 2024").running(LONG)
    assert read(drawn.bytes()).text.count("Verslag van 3 mei 2024") == 1


def test_a_table_of_contents_is_set_apart() -> None:
    drawn = Drawn().sheet().line_of("Inhoud", bold=True, size=14)
    for title, number in (("Opening", 1), ("Begroting", 2), ("Rondvraag", 2)):
        drawn.line_of(f"{title} {'.' * 60} {number}")
    drawn.space().running(LONG).sheet().running("Slot van het verslag.")
    document = read(drawn.bytes())
    assert [text for _, text in shown(document)] == [LONG, "Slot van het verslag."]
    assert [a.text.split()[0] for a in document.apart] == ["Inhoud", "Opening", "Begroting", "Rondvraag"]


def _code(content: bytes, limits: Limits = Limits()) -> str:
    with pytest.raises(ReadingError) as caught:
        read(content, limits)
    return caught.value.code


def test_what_cannot_be_read_has_an_error_of_its_own() -> None:
    whole = Drawn().sheet().running(LONG).bytes()
    protected = Drawn().sheet().running(LONG)
    protected.set_encryption(owner_password="a", user_password="b")
    many = Drawn()
    for _ in range(4):
        many.sheet().running("Kort.")
    assert _code(protected.bytes()) == "reading.password"
    assert _code(b"%PDF-1.7\nniets") == "reading.damaged"
    assert _code(whole[: len(whole) // 3]) == "reading.damaged"
    assert _code(Drawn().sheet().bytes()) == "reading.no-text"
    assert _code(many.bytes(), Limits(pages=3)) == "reading.pages"
    assert read(many.bytes(), Limits(pages=4)).text


@pytest.mark.parametrize(
    ("content", "suffix", "taken"),
    [(b"%PDF-1.4\n", ".txt", True), (b"\r\n%PDF-1.4\n", ".pdf", True), (b"over %PDF-", ".txt", False)],
)
def test_the_content_tells_a_pdf(content: bytes, suffix: str, taken: bool) -> None:
    assert (PdfReader().score(content, suffix) > 0) is taken


def test_the_bold_lines_of_a_letterhead_are_plain() -> None:
    drawn = Drawn().sheet().line_of("Buurtraad De Linde", bold=True).line_of("Zaal Ons Huis", bold=True)
    drawn.line_of("Verslag van 3 mei", bold=True).space().running(LONG)
    assert [block.strong for block in read(drawn.bytes()).blocks] == [False, False, False, False]


def test_a_ligature_keeps_all_its_letters() -> None:
    document = read(Drawn().sheet().running("De affiches van het koffiefeest, een effect.").bytes())
    assert document.text == "De affiches van het koffiefeest, een effect."


def test_letters_raised_after_a_word_belong_to_it() -> None:
    drawn = Drawn().sheet().running(LONG)
    drawn.at(LEFT, drawn.down, "3").at(LEFT + 6.2, drawn.down - 5, "e")
    drawn.at(LEFT + 16, drawn.down, "kwartaal")
    assert shown(read(drawn.bytes()))[-1] == ("paragraph", "3e kwartaal")


def test_a_line_of_a_scanned_page_may_slope() -> None:
    drawn = Drawn().sheet()
    sentence = "De voorzitter opent de jongste vergadering om acht uur in het groene buurthuis"
    x = LEFT
    for number, word in enumerate(sentence.split()):
        tails = 2.4 if set(word) & set("gjpq") else 0  # a scanner takes letters with tails to stand lower
        drawn.at(x, 80 - 0.4 * number + tails, word)
        x += drawn.get_string_width(word) + 3
    assert [text for _, text in shown(read(drawn.bytes()))] == [sentence]


def _level_rules(drawn: Drawn, rows: list[tuple[list[str], ...]], columns: tuple[int, ...], *, outer: bool) -> Drawn:
    """Print rows whose cells have several lines, with a level line between two rows, and around them if `outer`."""
    edges = [drawn.down - 12]
    for row in rows:
        for cell, left in zip(row, columns, strict=True):
            for number, line in enumerate(cell):
                drawn.at(LEFT + left, drawn.down + 13 * number, line)
        drawn.down += 13 * max(map(len, row)) + 6
        edges.append(drawn.down - 12)
    for y in edges if outer else edges[1:-1]:
        drawn.line(LEFT, y, LEFT + 420, y)
    drawn.down += 12
    return drawn


ROWS = [
    (["Wat"], ["Wie"]),
    (["Offertes vragen bij de", "dakdekkers van de streek"], ["Griet Maas"]),
    (["Verzekering bellen"], ["Wim Sterk,", "met Noor"]),
    (["Sleutels bijmaken"], ["Bram"]),
]


@pytest.mark.parametrize("outer", [True, False], ids=["with lines around", "with lines between the rows only"])
def test_level_lines_rule_a_table_whose_columns_white_space_parts(outer: bool) -> None:
    drawn = _level_rules(Drawn().sheet().running(LONG).space(20), ROWS, (4, 260), outer=outer).running("Einde.")
    rows = [" | ".join(" ".join(cell) for cell in row) for row in ROWS]
    assert shown(read(drawn.bytes()))[1:] == [*(("table-row", row) for row in rows), ("paragraph", "Einde.")]


def test_lines_between_passages_rule_no_table() -> None:
    drawn = Drawn().sheet()
    for _ in range(4):
        drawn.running(LONG)
        drawn.line(LEFT, drawn.down - 12, LEFT + 420, drawn.down - 12)
        drawn.space(8)
    assert shown(read(drawn.bytes())) == [("paragraph", LONG)] * 4


def test_bullets_between_lines_are_a_list() -> None:
    drawn = Drawn().sheet().running(LONG).space(20)
    items = ["de stoelen tellen", "de zaal huren", "de poort verven"]
    _level_rules(drawn, [(["-"], [item]) for item in items], (4, 30), outer=True)
    assert shown(read(drawn.bytes()))[1:] == [("list-item", f"- {item}") for item in items]


def test_the_rows_of_a_table_that_goes_on_know_their_page() -> None:
    head, widths = ["Wat", "Wie"], [250, 150]
    drawn = Drawn().sheet().ruled([head, ["Stoelen tellen", "Bram"]], widths)
    drawn.sheet().ruled([head, ["Sleutels bijmaken", "Noor"]], widths)
    assert [block.page for block in read(drawn.bytes()).blocks] == [1, 1, 2]
