"""The numbers that Word prints by itself, as the reader of the page sees them."""

import pytest
from office import definition, level, num, numbered, p, shown, word

LEGAL = definition(0, level(0, "decimal", "%1."), level(1, "decimal", "%1.%2."), level(2, "lowerLetter", "%3)"))


def test_levels_count_on_and_start_again_under_each_higher_number() -> None:
    items = [("A", 0), ("B", 1), ("C", 1), ("D", 2), ("E", 0), ("F", 1), ("G", 2), ("H", 2)]
    body = "".join(numbered(text, depth) for text, depth in items)
    assert shown(word(body, numbering=LEGAL + num(1, 0))) == [
        "1. A",
        "  1.1. B",
        "  1.2. C",
        "    a) D",
        "2. E",
        "  2.1. F",
        "    a) G",
        "    b) H",
    ]


def test_text_between_the_items_does_not_stop_the_numbers() -> None:
    body = numbered("Opening") + p("Noor Baert opent.") + numbered("Slot")
    assert shown(word(body, numbering=LEGAL + num(1, 0))) == ["1. Opening", "Noor Baert opent.", "2. Slot"]


def test_two_lists_of_one_definition_count_on_unless_one_starts_again() -> None:
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering = LEGAL + num(1, 0) + num(2, 0) + num(3, 0, again)
    body = "".join(numbered(text, 0, list_id) for text, list_id in [("A", 1), ("B", 2), ("C", 3), ("D", 3), ("E", 1)])
    assert shown(word(body, numbering=numbering)) == ["1. A", "2. B", "1. C", "2. D", "3. E"]


def test_a_list_may_replace_a_level_of_its_definition() -> None:
    own = '<w:lvlOverride w:ilvl="0">' + level(0, "upperRoman", "%1.") + "</w:lvlOverride>"
    assert shown(word(numbered("A"), numbering=LEGAL + num(1, 0, own))) == ["I. A"]


def test_a_level_that_never_starts_again() -> None:
    numbering = definition(0, level(0, "decimal", "%1."), level(1, "decimal", "%2)", '<w:lvlRestart w:val="0"/>'))
    body = numbered("A") + numbered("B", 1) + numbered("C") + numbered("D", 1)
    assert shown(word(body, numbering=numbering + num(1, 0)))[-1] == "  2) D"


@pytest.mark.parametrize(
    ("form", "printed"),
    [
        ("decimal", "3."),
        ("decimalZero", "03."),
        ("lowerLetter", "c."),
        ("upperLetter", "C."),
        ("lowerRoman", "iii."),
        ("upperRoman", "III."),
        ("cardinalText", "3."),
    ],
)
def test_numbers_are_written_as_their_level_says(form: str, printed: str) -> None:
    body = numbered("A") + numbered("B") + numbered("C")
    found = word(body, numbering=definition(0, level(0, form, "%1.")) + num(1, 0))
    assert found.text.splitlines()[-1] == f"{printed} C"


def test_legal_numbering_prints_the_numbers_of_all_levels_as_decimals() -> None:
    numbering = definition(0, level(0, "upperRoman", "%1."), level(1, "decimal", "%1.%2.", "<w:isLgl/>"))
    body = numbered("A") + numbered("B") + numbered("C", 1)
    assert shown(word(body, numbering=numbering + num(1, 0))) == ["I. A", "II. B", "  2.1. C"]


def test_a_level_without_higher_number_shows_the_first_one() -> None:
    assert shown(word(numbered("B", 1) + numbered("A"), numbering=LEGAL + num(1, 0))) == ["1.1. B", "1. A"]


def test_bullets_are_dashes_and_boxes_stay_boxes() -> None:
    numbering = definition(0, level(0, "bullet", "\uf0b7"), level(1, "bullet", "☐")) + num(1, 0)
    assert shown(word(numbered("zaal") + numbered("hal", 1), numbering=numbering)) == ["- zaal", "  ☐ hal"]


def test_headings_numbered_by_their_style_carry_the_number_of_their_level() -> None:
    linked = [level(n, "decimal", text, f'<w:pStyle w:val="Kop{n + 1}"/>') for n, text in ((0, "%1."), (1, "%1.%2"))]
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="Kop{n}"><w:name w:val="heading {n}"/><w:pPr><w:numPr>'
        f'<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        for n in (1, 2)
    )
    body = "".join(
        p(text, f'<w:pStyle w:val="{name}"/>') for text, name in [("A", "Kop1"), ("B", "Kop2"), ("C", "Kop1")]
    )
    found = word(body, styles=styles, numbering=definition(0, *linked) + num(1, 0))
    assert shown(found) == ["# 1. A", "## 1.1 B", "# 2. C"]


def test_a_paragraph_may_leave_the_numbering_of_its_style() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Punt"><w:name w:val="Punt"/><w:pPr><w:numPr><w:numId w:val="1"/>'
        "</w:numPr></w:pPr></w:style>"
    )
    body = (
        p("Opening", '<w:pStyle w:val="Punt"/>')
        + p("Toelichting", '<w:pStyle w:val="Punt"/><w:numPr><w:numId w:val="0"/></w:numPr>')
        + p("Slot", '<w:pStyle w:val="Punt"/>')
    )
    assert shown(word(body, styles=styles, numbering=LEGAL + num(1, 0))) == ["1. Opening", "Toelichting", "2. Slot"]


def test_a_list_that_only_names_the_style_of_another() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="Lijst"/></w:abstractNum>'
        '<w:abstractNum w:abstractNumId="1"><w:styleLink w:val="Lijst"/>'
        + level(0, "decimal", "%1)")
        + "</w:abstractNum>"
    )
    assert shown(word(numbered("A"), numbering=numbering + num(1, 0))) == ["1) A"]


def test_a_list_further_to_the_right_lies_deeper() -> None:
    bullets = definition(1, level(0, "bullet", "•").replace('w:left="360"', 'w:left="720"'))
    body = numbered("Opening") + numbered("zaal", 0, 2) + numbered("hal", 0, 2) + numbered("Slot")
    found = word(body, numbering=LEGAL + bullets + num(1, 0) + num(2, 1))
    assert shown(found) == ["1. Opening", "  - zaal", "  - hal", "2. Slot"]


def test_an_empty_paragraph_is_counted_as_on_the_page() -> None:
    assert shown(word(numbered("A") + numbered("") + numbered("B"), numbering=LEGAL + num(1, 0))) == ["1. A", "3. B"]


def test_words_around_the_number_belong_to_the_line() -> None:
    numbering = definition(0, level(0, "decimal", "Artikel %1")) + num(1, 0)
    assert word(numbered("De leden"), numbering=numbering).blocks[0].text("Artikel 1 De leden") == "Artikel 1 De leden"
