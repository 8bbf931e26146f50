"""How deep a list item lies, by the levels of its list and by how far it is indented."""

from __future__ import annotations

from dataclasses import dataclass, field

_SAME = 60  # twips that two indentations may differ


@dataclass(slots=True)
class Nesting:
    """The list items that are open: their list, level there, indentation in twips, and depth."""

    _open: list[tuple[str, int, int, int]] = field(default_factory=list)

    def depth(self, list_id: str, level: int, indent: int) -> int:
        """The depth of the next item, from 1: below the last one of a higher level or further to the left."""
        while self._open:
            last, its_level, its_indent, _ = self._open[-1]
            deeper = level > its_level if last == list_id else indent > its_indent + _SAME
            if deeper:
                break
            self._open.pop()
        depth = self._open[-1][3] + 1 if self._open else 1
        self._open.append((list_id, level, indent, depth))
        return depth

    def leave(self, indent: int) -> None:
        """A paragraph that is no item: it closes the items that are indented as far as itself or further."""
        while self._open and self._open[-1][2] >= indent + _SAME:
            self._open.pop()

    def clear(self) -> None:
        """Something comes that closes every list."""
        self._open.clear()
