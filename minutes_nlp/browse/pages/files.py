"""The original file of a document, and the way from its path to its meeting."""

from __future__ import annotations

import asyncio
import re
import urllib.parse
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from datasette.utils import tilde_decode
from datasette.utils.asgi import AsgiFileDownload, Response

from minutes_nlp.browse.archives import member_of
from minutes_nlp.browse.data.meeting import load_file, meeting_of_document
from minutes_nlp.browse.page import Page


async def document(datasette: Any, request: Any) -> Response:
    """From the path of a document to the page of its meeting."""
    page = Page(datasette, request)
    path = urllib.parse.unquote(request.url_vars["path"])
    found = await page.ask(meeting_of_document, path) or await page.ask(meeting_of_document, tilde_decode(path))
    if found is None:
        raise page.missing()
    return Response.redirect(page.address(f"/meetings/{found}"))


class Original(NamedTuple):
    """A file that can be had.

    Attributes:
        file: where it lies.
        holder: its path below the folder of the documents if the document is only a part of it (a file in an archive);
            empty: it is the document, or only the part can be had.
        inside: the path in `file` of the part that alone can be had, as others lie there that the reader may not see;
            empty: the whole can be had.
    """

    file: Path
    holder: str
    inside: str = ""


async def original(datasette: Any, request: Any) -> AsgiFileDownload | Response:
    """The file itself, or what it lies in, to be saved: never shown by the browser, whatever is in it."""
    page = Page(datasette, request)
    path = await page.ask(load_file, request.url_vars["meeting"])
    found = await original_of(page, path) if path else None
    if found is None:
        raise page.missing()
    name = found.inside.rpartition("/")[2] if found.inside else found.file.name
    headers = {
        "content-disposition": f"attachment; filename*=UTF-8''{urllib.parse.quote(name)}",
        "content-security-policy": "default-src 'none'; sandbox",
    }
    if not found.inside:
        return AsgiFileDownload(str(found.file), content_type="application/octet-stream", headers=headers)
    content = await asyncio.to_thread(member_of, found.file, found.inside)
    if content is None:
        raise page.missing()
    return Response(content, content_type="application/octet-stream", headers=headers)


async def original_of(page: Page, path: str) -> Original | None:
    """What of the document `path` the readers of a site can have."""
    return await asyncio.to_thread(find_original, page.state.originals, path, page.state.may_have)


def find_original(
    folder: Path | None, path: str, may_have: Callable[[str, Path], bool] = lambda _holder, _file: True
) -> Original | None:
    """The file of the document `path`, if it lies in `folder` itself; `None` if it is gone or lies elsewhere.

    Args:
        folder: that of the documents; `None`: none may be had.
        path: of the document, below `folder`; of a file in an archive the path of the archive comes first.
        may_have: whether an archive may be had, by its path below `folder` and where it lies: others may lie in it.
            If not, only the document itself can be had.
    """
    if folder is None:
        return None
    root = folder.resolve()
    places = [path, *(path[: slash.start()] for slash in re.finditer("/", path))]
    for place in sorted(places, key=len, reverse=True):
        try:
            file = (root / place).resolve()
            if file.is_relative_to(root) and file.is_file():
                if place == path:
                    return Original(file, "")
                return Original(file, place) if may_have(place, file) else Original(file, "", path[len(place) + 1 :])
        except (OSError, ValueError):
            continue
    return None


ROUTES = (
    (r"/documents/(?P<path>.+)$", document),
    (r"/meetings/(?P<meeting>[0-9a-f]{16})/original$", original),
)
