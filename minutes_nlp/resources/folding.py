"""Text compared character by character: tables that change a text quickly, whatever alphabets it is written in."""

from __future__ import annotations

from collections.abc import Callable


class CharacterTable(dict[int, str]):
    """For `str.translate`: what becomes of each character, worked out when it is first met.

    Args:
        change: gives what stands instead of a character; an empty string drops it.
    """

    def __init__(self, change: Callable[[str], str]) -> None:
        super().__init__()
        self._change = change

    def __missing__(self, code: int) -> str:
        self[code] = self._change(chr(code))
        return self[code]
