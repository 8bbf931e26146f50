"""Stems that say the same in two languages are learned from texts that translate one another."""

from pathlib import Path

from minutes_nlp.training.translations import learn, main


def test_what_always_comes_together_is_a_translation() -> None:
    letters = "abcdefghi"
    pairs = [
        (frozenset({f"nl{letters[n % 9]}"}), frozenset({f"fr{letters[n % 9]}"} | ({"fra"} if n % 7 == 0 else set())))
        for n in range(90)
    ]
    assert ("nlb", "frb", 1.0) in learn(pairs)
    assert all(dutch[2:] == french[2:] for dutch, french, _ in learn(pairs))


def test_what_is_seldom_or_everywhere_teaches_nothing() -> None:
    seldom = [(frozenset({"dak"}), frozenset({"toit"}))] * 3
    everywhere = [(frozenset({"de"}), frozenset({"la"}))] * 200
    assert learn([*seldom, *everywhere]) == []


def test_the_list_is_written_in_the_order_of_the_alphabet(tmp_path: Path) -> None:
    source, out = tmp_path / "pairs.tsv", tmp_path / "out.tsv"
    others = [("huis {n}", "maison {n}"), ("brug {n}", "pont {n}"), ("weg {n}", "route {n}"), ("bos {n}", "forêt {n}")]
    more = [
        ("zee {n}", "mer {n}"),
        ("berg {n}", "montagne {n}"),
        ("stad {n}", "ville {n}"),
        ("dorp {n}", "village {n}"),
    ]
    lines = [f"{d}\t{f}".format(n=n) for n in range(10) for d, f in (*others, *more, ("veld {n}", "champ {n}"))]
    source.write_text("\n".join([*lines, "no pair on this line"]), encoding="utf-8")
    main([str(out), str(source)])
    written = [line.split("\t") for line in out.read_text(encoding="utf-8").splitlines()]
    assert [entry[0] for entry in written] == sorted(entry[0] for entry in written)
    assert ["brug", "pon", "1.00"] in written or ["brug", "pont", "1.00"] in written
