"""What lines become by their form: headings, items, paragraphs, keys and values."""

import pytest
from block_shapes import page, shapes

from minutes_nlp.reading import BlockKind
from minutes_nlp.reading.blocks import split_blocks


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Verslag\n", "#1 Verslag"),
        ("### 2.1 Ronde ###\n", "#3 2.1 Ronde"),
        ("## 2. Ronde\n", "#2 2. Ronde"),
        ("#Verslag van maart\n", "#1 Verslag van maart"),
        ("##Vragen\n", "#2 Vragen"),
        ("Verslag\n=======\n", "#1 Verslag"),
        ("Besluit\n-------\n", "#2 Besluit"),
        ("=======\nVerslag\n=======\n", "#1 Verslag"),
    ],
)
def test_marked_headings(text: str, expected: str) -> None:
    assert shapes(text) == [expected]


def test_levels_of_underlined_headings_follow_their_first_use() -> None:
    text = "Titel\n=====\n\nPunt\n~~~~\n\nDeel\n^^^^\n\nAnder punt\n~~~~~~~~~~\n"
    assert [block.level for block in split_blocks(text)] == [1, 2, 3, 2]


@pytest.mark.parametrize(
    "text",
    ["Zie ook\n#218 in de lijst.\n", "Het gaat over\n# \n", "#\n", "Tien\n--\n"],
)
def test_signs_that_make_no_heading(text: str) -> None:
    assert not [shape for shape in shapes(text) if shape.startswith("#")]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("- Koffie", "-1 - Koffie"),
        ("–\u00a0Koffie", "-1 – Koffie"),
        ("•\tKoffie", "-1 • Koffie"),
        ("1. Koffie", "-1 1. Koffie"),
        ("2.1. Koffie", "-1 2.1. Koffie"),
        ("(b) Koffie", "-1 (b) Koffie"),
        ("iv) Koffie", "-1 iv) Koffie"),
        ("- [ ] Koffie halen", "-1 - [ ] Koffie halen"),
        ("- [x] Koffie halen", "-1 - [x] Koffie halen"),
        ("[x] Koffie halen", "-1 [x] Koffie halen"),
        ("☐ Koffie halen", "-1 ☐ Koffie halen"),
        ("[^1]: Zie bijlage.", "-1 [^1]: Zie bijlage."),
        ("1 Koffie", "p 1 Koffie"),
        ("2.1 Koffie", "p 2.1 Koffie"),
        ("A. Peeters opent.", "p A. Peeters opent."),
        ("-5 graden", "p -5 graden"),
        ("o jee", "p o jee"),
    ],
)
def test_items_and_lines_that_only_look_like_one(line: str, expected: str) -> None:
    assert shapes(line + "\n") == [expected]


def test_depth_follows_indentation_by_spaces_and_tabs() -> None:
    text = "* Dak\n\t* Pannen\n\t\t- Kleur\n* Kelder\n  1. Pomp\n"
    assert shapes(text) == ["-1 * Dak", "-2 * Pannen", "-3 - Kleur", "-1 * Kelder", "-2 1. Pomp"]


def test_wrapped_lines_are_one_paragraph() -> None:
    text = page("""
        De voorzitter opent de vergadering en heet iedereen welkom in de nieuwe zaal
        van het dienstencentrum. Het vorige verslag wordt zonder opmerkingen aanvaard
        en komt op de webstek.
        """)
    assert len(shapes(text)) == 1


def test_short_lines_stand_alone() -> None:
    assert shapes("Noor Baert\nIlias Poncelet\nWannes Dhondt\n") == [
        "p Noor Baert",
        "p Ilias Poncelet",
        "p Wannes Dhondt",
    ]


def test_an_item_is_carried_on_by_its_indented_lines() -> None:
    text = "- De pomp wordt hersteld zodra de firma\n  een offerte bezorgt.\n- De deur klemt.\n"
    assert shapes(text) == ["-1 - De pomp wordt hersteld zodra de firma / een offerte bezorgt.", "-1 - De deur klemt."]


def test_a_broken_word_carries_the_line_on() -> None:
    assert shapes("De werk-\ngroep komt samen.\n") == ["p De werk- / groep komt samen."]


def test_a_dash_in_a_wrapped_sentence_begins_no_item() -> None:
    text = page("""
        De penningmeester legt de rekening voor van het hele voorbije jaar, die klopt
        – op drie euro na – met de kas, zoals de twee nazichters schriftelijk bevestigd
        hebben aan de voorzitter en aan de andere leden van het dagelijks bestuur.
        """)
    assert len(shapes(text)) == 1


def test_dialogue_dashes_begin_items() -> None:
    assert shapes("– Wie komt er?\n– Iedereen.\n") == ["-1 – Wie komt er?", "-1 – Iedereen."]


def test_block_quotes_are_read_as_what_they_quote() -> None:
    assert shapes("> - Koffie\n> - Thee\n>\n> Einde.\n") == ["-1 - Koffie", "-1 - Thee", "p Einde."]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Datum: 3 mei 2031", "k Datum = 3 mei 2031"),
        ("**Datum:** 3 mei 2031", "k Datum = 3 mei 2031"),
        ("Présents\u00a0: Zoé", "k Présents = Zoé"),
        (":Datum: 3 mei 2031", "k Datum = 3 mei 2031"),
        ("Plaats\tlokaal 4", "k Plaats = lokaal 4"),
        ("Aanwezig:", "k Aanwezig ="),
        ("http://voorbeeld.be/a: b", "p http://voorbeeld.be/a: b"),
        ("De raad beslist na een lange bespreking: ja", "p De raad beslist na een lange bespreking: ja"),
    ],
)
def test_keys_and_values(line: str, expected: str) -> None:
    assert shapes(line + "\n") == [expected]


def test_front_matter_with_lists_and_nested_values() -> None:
    text = page("""
        ---
        title: "Verslag van maart"
        present: [Noor Baert, 'Ilias Poncelet']
        place:
          room: lokaal 4
        summary: |
          Twee regels
          tekst
        ---
        Tekst.
        """)
    assert shapes(text) == [
        "r",
        "k title = Verslag van maart",
        "k present =",
        "-1 - Noor Baert",
        "-1 - Ilias Poncelet",
        "k place =",
        "k room = lokaal 4",
        "k summary = Twee regels\n  tekst",
        "p Tekst.",
    ]


@pytest.mark.parametrize(
    "text", ["---\na: &x [*x]\n---\nTekst.\n", "---\n" + "[" * 5000 + "\n---\nTekst.\n", "---\n- a\n---\n"]
)
def test_front_matter_that_is_none(text: str) -> None:
    assert shapes(text)


def test_code_is_kept_apart() -> None:
    assert shapes("```\na = 1\n```\n") == ["c a = 1"]
    assert shapes("Zo gaat het::\n\n    a = 1\n    b = 2\n\nVerder.\n") == [
        "p Zo gaat het::",
        "c a = 1 / b = 2",
        "p Verder.",
    ]
    assert shapes("```\nnooit gesloten\n")[-1] == "p nooit gesloten"


def test_rules_separate() -> None:
    assert shapes("een\n\n* * *\n\ntwee\n\n////////\n") == ["p een", "r", "p twee", "r"]


def test_a_margin_on_all_lines_changes_no_block() -> None:
    text = "Verslag\n\n# Lokaal\nHet dak lekt.\n\nFeest\n-----\n1. Zaal\n    - huur\n2. Muziek\n"
    shifted = "".join(f"       {line}\n" if line else "\n" for line in text.split("\n")[:-1])
    plain, moved = split_blocks(text), split_blocks(shifted)
    assert [(b.kind, b.level, b.text(text)) for b in plain] == [(b.kind, b.level, b.text(shifted)) for b in moved]


def test_lines_further_in_than_others_keep_their_depth() -> None:
    text = "Verslag\n    - zaal\n        - huur\n"
    assert [(b.kind, b.level) for b in split_blocks(text)[1:]] == [(BlockKind.LIST_ITEM, 1), (BlockKind.LIST_ITEM, 2)]


@pytest.mark.parametrize("sign", ["1 -", "1.", "**1.", "IV)"])
def test_a_number_set_out_to_the_left_is_no_column(sign: str) -> None:
    text = f"{sign}     Opening\n        De voorzitter opent de vergadering om half acht.\n"
    assert all(b.kind is not BlockKind.TABLE_ROW for b in split_blocks(text))
