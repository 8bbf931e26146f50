"""The one form in which names and words are compared; tables that change a text quickly, whatever its alphabets."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

_WITHOUT_DECOMPOSITION = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "’": "'"})


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


def storable(text: str) -> str:
    """`text` without lone surrogates, which no database stores; each becomes a question mark.

    What a user types on a terminal with another encoding may hold them.
    """
    return text.encode("utf-8", "replace").decode("utf-8")


def fold(text: str) -> str:
    """`text` as names and words are compared: no case, no accents, ligatures spelt out, single spaces.

    Example:
        >>> fold("  Hélène  LECŒUR ")
        'helene lecoeur'
    """
    if text.isascii():
        return " ".join(text.lower().split())
    compatible = unicodedata.normalize("NFKD", storable(text))
    decomposed = unicodedata.normalize("NFKD", compatible.casefold())
    bare = "".join(character for character in decomposed if not unicodedata.combining(character))
    return " ".join(bare.translate(_WITHOUT_DECOMPOSITION).split())
