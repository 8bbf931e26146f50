"""Tables with borders and rules: Markdown, Pandoc and reStructuredText."""

from block_shapes import page, shapes

from minutes_nlp.reading.blocks import split_blocks


def test_pipe_table_keeps_empty_cells() -> None:
    text = page("""
        | Wie   | Wat        | Klaar |
        |-------|:-----------|-------|
        | Noor  | Sleutels   |       |
        |       | Verf kopen | ja    |
        """)
    assert shapes(text) == ["t* Wie | Wat | Klaar", "t Noor | Sleutels |", "t  | Verf kopen | ja"]


def test_pipe_table_without_outer_bars() -> None:
    assert shapes("Wie | Wat\n--- | ---\nNoor | Verf\n") == ["t* Wie | Wat", "t Noor | Verf"]


def test_a_bar_in_a_sentence_makes_no_table() -> None:
    assert shapes("Kies a | b.\n") == ["p Kies a | b."]


def test_grid_table_with_cells_of_several_lines() -> None:
    text = page("""
        +--------+--------------------+
        | Wie    | Wat                |
        +========+====================+
        | Noor   | Sleutels laten     |
        |        | bijmaken           |
        +--------+--------------------+
        | Wannes | Verf               |
        """)
    assert shapes(text) == ["t* Wie | Wat", "t Noor | Sleutels laten / bijmaken", "t Wannes | Verf"]


def test_pandoc_simple_table() -> None:
    text = page("""
          Uur      Onderwerp
          -------- ----------------
          9u30     Onthaal
          10u00    Ronde

        Daarna koffie.
        """)
    assert shapes(text) == ["t* Uur | Onderwerp", "t 9u30 | Onthaal", "t 10u00 | Ronde", "p Daarna koffie."]


def test_pandoc_multiline_table_has_rows_between_blank_lines() -> None:
    text = page("""
          ------------------------------------
          Wie        Wat
          ---------- -------------------------
          Noor       Sleutels laten bijmaken
                     bij de smid

                     Verf kopen
          ------------------------------------

        Einde.
        """)
    assert shapes(text) == [
        "t* Wie | Wat",
        "t Noor | Sleutels laten bijmaken / bij de smid",
        "t  | Verf kopen",
        "p Einde.",
    ]


def test_table_of_restructuredtext_with_a_row_carried_on() -> None:
    text = page("""
        ======  ===============
        Wie     Wat
        ======  ===============
        Noor    Sleutels laten
                bijmaken
        Wannes  Verf
        ======  ===============
        """)
    assert shapes(text) == ["t* Wie | Wat", "t Noor | Sleutels laten / bijmaken", "t Wannes | Verf"]


def test_rules_alone_make_no_table() -> None:
    assert shapes("--------\n\nTekst.\n\n--------\n") == ["r", "p Tekst.", "r"]


def test_tables_are_numbered() -> None:
    text = "| a | b |\n|---|---|\n\nTekst.\n\n| c | d |\n|---|---|\n"
    assert [block.table for block in split_blocks(text)] == [1, 0, 2]


def test_tabs_part_cells() -> None:
    text = "Thema\tActiviteit\nWonen\tPlaatsbezoek\nZorg\t\n"
    assert shapes(text) == ["t Thema | Activiteit", "t Wonen | Plaatsbezoek", "t Zorg |"]


def test_two_languages_in_a_grid_are_read_row_by_row_each_by_itself() -> None:
    text = page("""
        +-----------------------------------+------------------------------------+
        | 1. De begroting van het comité    | 1. Le budget du comité             |
        +-----------------------------------+------------------------------------+
        | De begroting wordt niet gewijzigd | Le budget n'est pas modifié et il  |
        | en ze gaat naar de raad.          | est transmis au conseil.           |
        +-----------------------------------+------------------------------------+
        """)
    assert shapes(text) == [
        "-1 1. De begroting van het comité",
        "-1 1. Le budget du comité",
        "p De begroting wordt niet gewijzigd / en ze gaat naar de raad.",
        "p Le budget n'est pas modifié et il / est transmis au conseil.",
    ]
