"""Compound files (MS-CFB), as Outlook and old Word write them, so far as tests need them."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass

_SECTOR, _MINI, _SMALL = 512, 64, 4096
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_STORAGE, _STREAM, _ROOT = 1, 2, 5
Folder = dict[str, "bytes | Folder"]


@dataclass
class _Entry:
    name: str
    kind: int
    content: bytes = b""
    right: int = _FREE
    child: int = _FREE
    start: int = _END


def compound(root: Folder) -> bytes:
    """A compound file of these storages and streams; streams below 4096 bytes stand together in that of the root."""
    entries: list[_Entry] = []
    _add("Root Entry", root, _ROOT, entries)
    fat: list[int] = []
    small: list[int] = []
    data, mini = bytearray(), bytearray()
    for entry in entries:
        if len(entry.content) >= _SMALL:
            entry.start = _chain(entry.content, fat, data)
        elif entry.content:
            entry.start = _chain(entry.content, small, mini, _MINI)
    entries[0].content = bytes(mini)
    entries[0].start = _chain(bytes(mini), fat, data) if mini else _END
    small += [_FREE] * (-len(small) % 128)
    small_table = _chain(struct.pack(f"<{len(small)}I", *small), fat, data) if small else _END
    directory = _chain(b"".join(map(_packed, entries)), fat, data)
    sectors = -(-(len(fat) + 1) // 128)
    while sectors * 128 < len(fat) + sectors:
        sectors += 1
    first = len(fat)
    fat += [_FAT] * sectors
    fat += [_FREE] * (sectors * 128 - len(fat))
    data += struct.pack(f"<{len(fat)}I", *fat)
    table = [first + at for at in range(sectors)]
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII109I",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6, 0, sectors, directory, 0, _SMALL, small_table,
        len(small) // 128, _END, 0,
        *table, *[_FREE] * (109 - sectors),
    )  # fmt: skip
    return header + bytes(data)


def _add(name: str, content: bytes | Folder, kind: int, entries: list[_Entry]) -> int:
    """Add an entry and all below it; its number."""
    entry = _Entry(name, kind, content if isinstance(content, bytes) else b"")
    entries.append(entry)
    number = len(entries) - 1
    previous: _Entry | None = None
    for below, inner in content.items() if isinstance(content, dict) else ():
        at = _add(below, inner, _STREAM if isinstance(inner, bytes) else _STORAGE, entries)
        if previous is None:
            entry.child = at
        else:
            previous.right = at
        previous = entries[at]
    return number


def _chain(content: bytes, fat: list[int], data: bytearray, size: int = _SECTOR) -> int:
    """Put content into sectors; the number of the first."""
    start = len(fat)
    count = -(-len(content) // size)
    fat += [*range(start + 1, start + count), _END]
    data += content.ljust(count * size, b"\0")
    return start


def _packed(entry: _Entry) -> bytes:
    name = entry.name.encode("utf-16-le") + b"\0\0"
    return struct.pack(
        "<64sHBBIII36xIQ", name, len(name), entry.kind, 1, _FREE, entry.right, entry.child, entry.start,
        len(entry.content),
    )  # fmt: skip


def message(
    subject: str, body: str, attached: Mapping[str, bytes | Folder], page: bytes = b"", rtf: bytes = b""
) -> bytes:
    """An Outlook message (MS-OXMSG) with the properties that are read; an attachment may be another one's `folder`."""
    return compound(folder(subject, body, attached, page, rtf))


def folder(
    subject: str, body: str, attached: Mapping[str, bytes | Folder], page: bytes = b"", rtf: bytes = b""
) -> Folder:
    """The storage of an Outlook message."""
    root: Folder = {
        "__properties_version1.0": bytes(32),
        "__substg1.0_0037001F": subject.encode("utf-16-le"),
        "__substg1.0_0C1A001F": "Noor Aelvoet".encode("utf-16-le"),
        "__substg1.0_1000001F": body.encode("utf-16-le"),
    }
    if page:
        root["__substg1.0_10130102"] = page
    if rtf:
        root["__substg1.0_10090102"] = rtf
    for number, (name, content) in enumerate(attached.items()):
        root[f"__attach_version1.0_#{number:08X}"] = {
            "__properties_version1.0": bytes(8),
            "__substg1.0_3707001F": name.encode("utf-16-le"),
            "__substg1.0_37010102" if isinstance(content, bytes) else "__substg1.0_3701000D": content,
        }
    return root
