"""What holds for every layout, whatever the text."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from minutes_nlp.layout import Label

_LINES = st.sampled_from(
    [
        "",
        "# Verslag",
        "## Agenda",
        "## Punt",
        "1. Opening",
        "2. Begroting",
        "- een bolletje",
        "  - een dieper bolletje",
        "**Vet**",
        "KAPITALEN",
        "Aanwezig:",
        "Roosmarijn Tak, Job Pauw",
        "Datum: 4 mei",
        "9:00 Onthaal",
        "| Wie | Wat |\n|---|---|\n| Bloemen | Er komen drie bakken met bloemen bij de ingang van de school. |",
        "Iedereen is het ermee eens dat het zo niet verder kan.",
    ]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_LINES, min_size=1, max_size=25))
def test_headings_and_labels_agree_and_nest(laid, lines):
    found = laid("\n".join(["Kop", *lines]))
    layout, blocks = found.layout, found.normalised.blocks
    assert len(layout.labels) == len(layout.heading_of) == len(blocks)
    assert {h.block for h in layout.headings} == {i for i, x in enumerate(layout.labels) if x is Label.HEADING}
    assert [h.block for h in layout.headings] == sorted({h.block for h in layout.headings})
    for heading in layout.headings:
        assert 1 <= heading.level <= 5
        assert 0 <= heading.confidence <= 1
        assert blocks[heading.block].span.contains(heading.line)
        assert heading.line.end <= heading.end <= len(found.normalised.text)
        inside = [h for h in layout.headings if heading.line.start < h.line.start < heading.end]
        assert all(h.level > heading.level for h in inside)
    for index, heading in enumerate(layout.heading_of):
        assert heading is None or layout.headings[heading].block <= index
