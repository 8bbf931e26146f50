"""RTF inside other files: the text of an Outlook message, a part of a Word file. Files of their own go to `office`."""

from __future__ import annotations

from typing import Final

SIGNATURE: Final = b"{\\rtf"


def plain_of(content: bytes) -> str:
    """The text of RTF with a line for each paragraph, cells of tables parted by bars; empty if it is none."""
    from striprtf.striprtf import rtf_to_text

    if not content.lstrip().startswith(SIGNATURE):
        return ""
    try:
        text = rtf_to_text(content.decode("cp1252", "replace"), errors="replace")  # type: ignore[no-untyped-call]
    except (ValueError, LookupError, TypeError, IndexError, OverflowError):
        return ""  # the library checks little
    return str(text).encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "")


def plain_of_compressed(content: bytes) -> str:
    """The text of RTF as Outlook packs it (MS-OXRTFCP); empty if it can't be unpacked."""
    from compressed_rtf import decompress

    try:
        return plain_of(decompress(content))
    except Exception:  # noqa: BLE001 - the library raises nothing narrower for what is broken
        return ""
