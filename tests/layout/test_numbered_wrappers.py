"""Headings with a number that hold the whole report (`2. Verloop`), beside items of that name (`1. Verslag`)."""


def test_a_numbered_heading_over_most_of_the_report_is_no_item_but_what_it_holds_is(laid):
    points = "\n".join(
        f"- Punt {letter} van de overeenkomst ⟦1⟧\n  - De groep bespreekt het.\n  - Er komt een nieuwe versie."
        for letter in "ABCDEF"
    )
    found = laid(
        f"""
Verslag werkgroep

# 1. Agenda

- Voorstelling
- Bespreking

# 2. Verloop

{points}

# 3. Acties ⟦1⟧

- Noor stuurt de tekst rond.
"""
    )
    assert found.levels == found.expected_levels


def test_a_numbered_heading_of_that_name_over_a_few_lines_is_an_item(laid):
    found = laid(
        """
Verslag werkgroep

# 1. Verslag ⟦1⟧

- De datum is fout.
- Een naam ontbreekt.

# 2. Kalender ⟦1⟧

- In mei is er een feest.
- In juni ook.
"""
    )
    assert {line for line, level in found.levels.items() if level == 1} == set(found.expected_levels)
