"""How the fuzzer changes a file: inside its container, so that the result gets past checksums and directories.

Every mutator takes the file, the most bytes that it may grow to, dice, and what changes bytes blindly (libFuzzer); it
gives another file, or the same one if it finds nothing to change.
"""

from __future__ import annotations

import copy
import io
import random
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Sequence

import olefile
from compound import Folder, compound
from lxml import etree

Blind = Callable[[bytes, int], bytes]
Mutator = Callable[[bytes, int, random.Random, Blind], bytes]

_TOKEN = re.compile(rb"<[^<>]{0,200}>|[A-Za-z]+|\d+|\s+|=[0-9A-F]{2}|.", re.DOTALL)
_NUMBERS = (b"0", b"1", b"-1", b"2", b"7", b"64", b"255", b"1000", b"65536", b"999999999", b"99999999999999999999")
_WORDS = (
    "",
    "0",
    "-1",
    "1",
    "2",
    "9",
    "99999999999999999999",
    "true",
    "none",
    "x",
    "é𝕏",
    "Datum: 3 mei",
    "- punt",
    "1.",
)
_DEEP = 40
_MOST = 4  # changes at a time
_ODD_PATHS = ("../uit.txt", "/etc/x", "C:\\x.txt", "", ".", "a//b", "a/", "\\", "ü.docx", "binnen.zip", "mimetype")
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    EOFError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    struct.error,
)
_BLINDLY = 0.1  # of the times, the file as a whole


class Tokens:
    """Changes words, numbers and tags of something that is text, or nearly: plain text, web pages, mail, PDF.

    Args:
        seeds: files from which pieces are taken.
    """

    def __init__(self, seeds: Iterable[bytes]) -> None:
        self.pool = sorted({token for seed in seeds for token in _TOKEN.findall(seed[:100_000])})

    def __call__(self, content: bytes, most: int, dice: random.Random, blind: Blind) -> bytes:
        """See `Mutator`."""
        if not content or dice.random() < 2 * _BLINDLY:
            return blind(content, most)
        tokens = _TOKEN.findall(content)
        for _ in range(dice.randint(1, _MOST)):
            self._change(tokens, dice)
        return b"".join(tokens)[:most]

    def _change(self, tokens: list[bytes], dice: random.Random) -> None:
        at = dice.randrange(len(tokens) + 1)
        length = min(int(dice.expovariate(0.2)) + 1, 200)
        piece = tokens[at : at + length]
        what = dice.randrange(6)
        if what == 0:
            del tokens[at : at + length]
        elif what == 1:
            tokens[at:at] = piece * min(dice.choice((1, 1, 2, 10, 50)), 20_000 // max(len(piece), 1))
        elif what == 2:
            to = dice.randrange(len(tokens) + 1)
            tokens[to:to] = piece
        elif what == 3 and piece:
            numbers = [n for n, token in enumerate(tokens) if token.isdigit()]
            if numbers:
                tokens[dice.choice(numbers)] = dice.choice(_NUMBERS)
        else:
            tokens[at : at + (what == 4)] = dice.choices(self.pool, k=dice.randint(1, 4)) if self.pool else []


class Trees:
    """Changes XML as a tree, so that it stays well formed: elements go, come, move, nest; attributes take odd values.

    Args:
        seeds: XML documents from which names and values are taken.
    """

    def __init__(self, seeds: Iterable[bytes]) -> None:
        tags: set[str] = set()
        keys: set[str] = set()
        values = set(_WORDS)
        for element in (one for root in map(_parsed, seeds) if root is not None for one in root.iter(etree.Element)):
            tags.add(element.tag)
            keys |= set(map(str, element.attrib))
            values |= {str(value) for value in element.attrib.values()}
        self.tags, self.keys, self.values = sorted(tags), sorted(keys), sorted(values)

    def change(self, content: bytes, dice: random.Random) -> bytes:
        """Another document, or the same if it is no XML."""
        root = _parsed(content)
        if root is None:
            return content
        for _ in range(dice.randint(1, _MOST)):
            elements = list(root.iter(etree.Element))
            try:
                self._change(dice.choice(elements), dice.choice(elements), dice)
            except (ValueError, TypeError, etree.LxmlError):
                continue  # a name or value that XML does not know, or an element into itself
        return etree.tostring(root)

    def _change(self, one: etree._Element, other: etree._Element, dice: random.Random) -> None:
        changes = (
            self._remove,
            self._repeat,
            self._copy,
            self._move,
            self._rename,
            self._set,
            self._unset,
            self._write,
        )
        dice.choice((*changes, self._nest))(one, other, dice)

    def _remove(self, one: etree._Element, _other: etree._Element, _dice: random.Random) -> None:
        if (parent := one.getparent()) is not None:
            parent.remove(one)

    def _repeat(self, one: etree._Element, _other: etree._Element, dice: random.Random) -> None:
        if (parent := one.getparent()) is not None:
            for _ in range(dice.choice((1, 1, 2, 8))):
                parent.insert(dice.randrange(len(parent) + 1), copy.deepcopy(one))

    def _copy(self, one: etree._Element, other: etree._Element, _dice: random.Random) -> None:
        other.append(copy.deepcopy(one))

    def _move(self, one: etree._Element, other: etree._Element, dice: random.Random) -> None:
        if one.getparent() is not None and one not in (other, *other.iterancestors()):
            other.insert(dice.randrange(len(other) + 1), one)

    def _rename(self, one: etree._Element, _other: etree._Element, dice: random.Random) -> None:
        one.tag = dice.choice(self.tags)

    def _set(self, one: etree._Element, _other: etree._Element, dice: random.Random) -> None:
        one.set(dice.choice(self.keys or ["x"]), dice.choice(self.values))

    def _unset(self, one: etree._Element, _other: etree._Element, dice: random.Random) -> None:
        if one.attrib:
            del one.attrib[dice.choice(list(one.attrib))]

    def _write(self, one: etree._Element, _other: etree._Element, dice: random.Random) -> None:
        one.text = dice.choice(self.values) + (one.text or "")[: dice.randrange(20)]

    def _nest(self, one: etree._Element, _other: etree._Element, dice: random.Random) -> None:
        for _ in range(dice.choice((1, 1, 3, _DEEP))):
            one = etree.SubElement(one, dice.choice(self.tags))
        one.text = dice.choice(self.values)


def _parsed(content: bytes) -> etree._Element | None:
    try:
        return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.XMLSyntaxError, ValueError):
        return None


class Packages:
    """Changes the parts of a ZIP archive: as trees where they are XML, as bytes where not, and which parts there are.

    Args:
        seeds: archives.
        of_a_document: whether the parts are those of one document; else paths are changed too.
    """

    def __init__(self, seeds: Iterable[bytes], *, of_a_document: bool) -> None:
        self.of_a_document = of_a_document
        self.parts = [part for seed in seeds for part in _unpacked(seed) or ()]
        self.trees = Trees(content for _, content in self.parts)

    def __call__(self, content: bytes, most: int, dice: random.Random, blind: Blind) -> bytes:
        """See `Mutator`."""
        parts = _unpacked(content)
        if dice.random() < _BLINDLY or not (parts or content.startswith(b"<")):
            return blind(content, most)
        if not parts:  # XML without a package around it
            changed = self.trees.change(content, dice)
            return changed if len(changed) <= most else content
        for _ in range(dice.randint(1, 2)):
            self._change(parts, dice, blind)
        packed = _packed(parts)
        return packed if len(packed) <= most else content

    def _change(self, parts: list[tuple[str, bytes]], dice: random.Random, blind: Blind) -> None:
        at = dice.choices(range(len(parts)), [len(content) ** 0.5 + 1 for _, content in parts])[0]
        name, content = parts[at]
        what = dice.random()
        if what < 0.06 and len(parts) > 1:
            del parts[at]
        elif what < 0.12:
            parts.append(dice.choice(self.parts))
        elif what < 0.3 and not self.of_a_document:
            parts[at] = dice.choice(_ODD_PATHS), content
        elif what < 0.4 and not self.of_a_document:
            parts[at] = f"{at}.zip", _packed(parts)[:100_000]
        elif what < 0.5 or _parsed(content) is None:
            parts[at] = name, blind(content, len(content) + 64)
        else:
            parts[at] = name, self.trees.change(content, dice)


def _unpacked(content: bytes) -> list[tuple[str, bytes]] | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return [(entry.filename, archive.read(entry)) for entry in archive.infolist()[:200]]
    except _BROKEN:
        return None


def _packed(parts: Sequence[tuple[str, bytes]]) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts:
            entry = zipfile.ZipInfo("x")
            entry.filename = name
            archive.writestr(entry, content)
    return kept.getvalue()


class Messages:
    """Changes the properties of an Outlook message within their compound file."""

    def __init__(self, seeds: Iterable[bytes]) -> None:
        self.names = sorted({path[-1] for seed in seeds for path in _paths(seed)})

    def __call__(self, content: bytes, most: int, dice: random.Random, blind: Blind) -> bytes:
        """See `Mutator`."""
        streams = _streams(content)
        if not streams or dice.random() < 2 * _BLINDLY:
            return blind(content, most)
        for _ in range(dice.randint(1, 2)):
            path = dice.choice(sorted(streams))
            what = dice.random()
            if what < 0.1 and len(streams) > 1:
                del streams[path]
            elif what < 0.3:
                streams[*path[:-1], dice.choice(self.names)] = streams[path]
            else:
                streams[path] = blind(streams[path], len(streams[path]) + 64)
        packed = compound(_folder(streams))
        return packed if len(packed) <= most else content


def _paths(content: bytes) -> list[tuple[str, ...]]:
    return list(_streams(content) or ())


def _streams(content: bytes) -> dict[tuple[str, ...], bytes] | None:
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as file:
            return {tuple(path): file.openstream(path).read() for path in file.listdir()[:100]}
    except (OSError, ValueError, IndexError, TypeError, KeyError, AttributeError):
        return None


def _folder(streams: dict[tuple[str, ...], bytes]) -> Folder:
    root: Folder = {}
    for path, content in streams.items():
        at = root
        for name in path[:-1]:
            inner = at.setdefault(name[:31], {})
            if isinstance(inner, bytes):
                break
            at = inner
        else:
            at[path[-1][:31]] = content
    return root
