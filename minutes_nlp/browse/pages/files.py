"""The original file of a document, and the way from its path to its meeting."""

from __future__ import annotations

import urllib.parse
from pathlib import Path
from typing import Any

from datasette.utils import tilde_decode
from datasette.utils.asgi import AsgiFileDownload, Response

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


async def original(datasette: Any, request: Any) -> AsgiFileDownload:
    """The file itself, to be saved: never shown by the browser, whatever is in it."""
    page = Page(datasette, request)
    path = await page.ask(load_file, request.url_vars["meeting"])
    file = original_file(page.state.originals, path) if path else None
    if file is None:
        raise page.missing()
    headers = {
        "content-disposition": f"attachment; filename*=UTF-8''{urllib.parse.quote(file.name)}",
        "content-security-policy": "default-src 'none'; sandbox",
    }
    return AsgiFileDownload(str(file), content_type="application/octet-stream", headers=headers)


def original_file(folder: Path | None, path: str) -> Path | None:
    """The file of the document `path`, if it lies in `folder` itself; `None` if it is gone or lies elsewhere.

    Args:
        folder: that of the documents; `None`: none may be had.
        path: of the document, below `folder`. A file inside another (an archive, a mail) cannot be had.
    """
    if folder is None:
        return None
    root = folder.resolve()
    try:
        file = (root / path).resolve()
        inside = file.is_relative_to(root) and file.is_file()
    except (OSError, ValueError):
        return None
    return file if inside else None


ROUTES = (
    (r"/documents/(?P<path>.+)$", document),
    (r"/meetings/(?P<meeting>[0-9a-f]{16})/original$", original),
)
