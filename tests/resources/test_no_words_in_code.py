"""Words of a language live in the word lists, never in the code."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import minutes_nlp

PACKAGE = Path(minutes_nlp.__file__).parent
TELLING = """
    van voor aan naar door bij niet wordt worden zijn uur heren dames zij deze het een
    les des du et avec pour dans est sont une aux par qui messieurs mesdames
    der das und nicht mit für von ist ein auf uhr
"""
_WORD = re.compile(rf"(?<![\w'’-])(?:{'|'.join(TELLING.split())})(?![\w'’-])", re.IGNORECASE)


def words_in(code: str) -> list[str]:
    """The telling words in the string literals of a module, docstrings aside, each as `line: literal`."""
    tree = ast.parse(code)
    aside = set(docstrings(tree))
    return [
        f"{node.lineno}: {node.value!r}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if id(node) not in aside and _WORD.search(node.value)
    ]


def docstrings(tree: ast.Module) -> Iterator[int]:
    """The identities of the literals that stand alone as statements: docstrings."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield id(node.value)


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('X = re.compile(r"(?:van|der)\\s")', 1),
        ('X = ("nl", f"{a} et {b}")', 1),
        ('"""Over het een en ander."""\nX = 1', 0),
        ("X = 1  # wordt niet gelezen", 0),
        ('X = "an invention for a partner, and not more"', 0),
    ],
)
def test_the_check_sees_literals_and_neither_docstrings_nor_comments(code: str, found: int) -> None:
    assert len(words_in(code)) == found


def test_no_module_outside_the_word_lists_holds_words_of_a_language() -> None:
    modules = [path for path in sorted(PACKAGE.rglob("*.py")) if "resources" not in path.relative_to(PACKAGE).parts]
    assert len(modules) > 100
    found = {str(path.relative_to(PACKAGE)): words_in(path.read_text(encoding="utf-8")) for path in modules}
    assert {path: words for path, words in found.items() if words} == {}
