"""What the fuzzer of the readers begins with: samples of raw/ in every format, and the hostile files of the tests."""

from __future__ import annotations

import html
import io
from collections.abc import Iterator
from pathlib import Path

import hostile
import office
from compound import message
from compressed_rtf import compress
from pdf_pages import Drawn

from minutes_nlp.reading.encoding import decode

_ROOT = Path(__file__).resolve().parent.parent

_LARGEST = 60_000  # bytes of a hostile file; larger ones are about sizes
_LINES = 40  # of a sample: what is small is read often
_WORD = (
    office.p("Verslag", '<w:pStyle w:val="Title"/>'),
    office.numbered("Opening"),
    office.numbered("De zaal", level=1),
    office.table(office.row("Wie", "Wat"), office.row("Noor Aelvoet", "Zaal huren")),
    '<w:p><w:ins w:id="1"><w:r><w:t>nieuw</w:t></w:r></w:ins><w:del w:id="2"><w:r><w:delText>oud</w:delText></w:r>'
    '</w:del><w:r><w:footnoteReference w:id="1"/></w:r></w:p>',
    '<w:sdt><w:sdtContent><w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:sdtContent></w:sdt>',
    '<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:txbxContent>'
    + office.p("kader")
    + "</w:txbxContent></mc:Choice></mc:AlternateContent></w:r></w:p>",
)
_WORD_PARTS = {
    "numbering": office.definition(1, office.level(0, "decimal", "%1."), office.level(1, "lowerLetter", "%2)"))
    + office.num(1, 1),
    "styles": '<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>',
    "footnotes": '<w:footnote w:id="1"><w:p><w:r><w:t>noot</w:t></w:r></w:p></w:footnote>',
    "header": office.p("Gemeente"),
}
_OPEN = (
    '<text:h text:outline-level="1">Verslag</text:h><text:list><text:list-item><text:p>Opening</text:p><text:list>'
    "<text:list-item><text:p>Zaal</text:p></text:list-item></text:list></text:list-item></text:list>"
    "<table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>Wie</text:p></table:table-cell>"
    '</table:table-row></table:table-header-rows><table:table-row><table:table-cell table:number-columns-repeated="2">'
    '<text:p>Noor<text:s text:c="3"/><text:tab/>Baert<text:line-break/></text:p></table:table-cell></table:table-row>'
    "</table:table><text:p>Tekst<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>noot</text:p>"
    "</text:note-body></text:note></text:p><text:table-of-content><text:index-body><text:p>1 Opening 2</text:p>"
    "</text:index-body></text:table-of-content>"
)
_RTF = (
    rb"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 Arial;}}{\*\htmltag64 <p>}Aanwezig: Zo\'eb \u8364?\par "
    rb"\trowd Wie\cell Wat\cell\row {\field{\*\fldinst{HYPERLINK \"x\"}}{\fldrslt{\f0 naam}}}\uc1\tab slot\par}"
)
_PAGE = (
    '<!DOCTYPE html><html><head><meta charset="utf-8"></head><body><nav>Start</nav><main><h1>Verslag</h1><ol start="3" '
    'type="a" reversed><li value="7">Opening<ul><li>Zaal</ul><li>Slot</ol><table><thead><tr><th colspan="2">Wie</thead>'
    '<tr><td rowspan="2">Noor<td>Zaal</table><dl><dt>Datum<dd>3 mei</dl><pre>  a  b\n- c</pre><p><b>Punt 1</b><br>'
    '<del>oud</del> <ins>nieuw</ins></p><div hidden property="eli:description">x</div></main></body></html>'
)


def samples() -> dict[str, str]:
    """The beginnings of the samples, by their endings and names."""
    files = sorted(path for path in (_ROOT / "raw").rglob("*") if path.suffix in (".txt", ".md", ".rst"))
    return {path.name: "\n".join(decode(path.read_bytes())[0].split("\n")[:_LINES]) for path in files}


def _as_word(text: str) -> bytes:
    return office.archive(office.word_parts("".join(office.p(html.escape(line)) for line in text.split("\n"))))


def _as_pdf(text: str) -> bytes:
    drawn = Drawn().sheet()
    drawn.set_compression(False)
    for line in text.encode("latin-1", "replace").decode("latin-1").split("\n")[:20]:
        drawn.line_of(line[:90]) if line.strip() else drawn.space()
    drawn.ruled([("Wie", "Wat"), ("Noor", "Zaal")], (100, 200)).sheet().running("Einde van het verslag. " * 8)
    return drawn.bytes()


def _as_picture(form: str, colour: int) -> bytes:
    from PIL import Image

    image = Image.effect_noise((24, 32), colour)
    kept = io.BytesIO()
    image.save(kept, form)
    return kept.getvalue()


def seeds(reader: str) -> Iterator[bytes]:
    """Files for a reader (`archive`: for archives of documents)."""
    made = _MADE[reader]
    yield from made()
    for case in hostile.cases():
        if (case.reader or _OF_SUFFIX.get(case.name.rpartition(".")[2])) == reader:
            content = case.make()
            if len(content) <= _LARGEST:
                yield content


_OF_SUFFIX = {
    "zip": "archive",
    "eml": "mail",
    "msg": "msg",
    "rtf": "office",
    "doc": "office",
    "xls": "office",
    "txt": "text",
}


def _with_inner(file: str, content: bytes) -> bytes:
    """A Word file in which another document stands."""
    parts: dict[str, str | bytes] = dict(office.word_parts(office.p("voor") + '<w:altChunk r:id="r9"/>'))
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk"
    relation = f'<Relationship Id="r9" Type="{kind}" Target="{file}"/></Relationships>'
    relations = str(parts["word/_rels/document.xml.rels"]).replace("</Relationships>", relation)
    return office.archive({**parts, "word/_rels/document.xml.rels": relations, f"word/{file}": content})


def _flat(body: str) -> bytes:
    """An OpenDocument text that is one file."""
    inner = office.open_parts(body)["content.xml"].replace("document-content", "document")
    kind = ' office:mimetype="application/vnd.oasis.opendocument.text"'
    return inner.replace("<office:document", f"<office:document{kind}", 1).encode()


def _docx() -> Iterator[bytes]:
    yield _with_inner("a.html", _PAGE.encode())
    yield _with_inner("a.rtf", _RTF)
    yield _with_inner("a.mht", b"MIME-Version: 1.0\nContent-Type: text/html\n\n" + _PAGE.encode())
    yield _with_inner("a.docx", office.archive(office.word_parts(office.p("binnen"))))
    yield office.archive(office.word_parts("".join(_WORD), **_WORD_PARTS))
    yield from map(_as_word, list(samples().values())[:3])


def _odt() -> Iterator[bytes]:
    yield _flat(_OPEN)
    yield office.archive(office.open_parts(_OPEN))
    for text in list(samples().values())[:3]:
        lines = "".join(f"<text:p>{html.escape(line)}</text:p>" for line in text.split("\n"))
        yield office.archive(office.open_parts(lines))


def _html() -> Iterator[bytes]:
    yield _PAGE.encode()
    for text in samples().values():
        yield ("<html><body>" + "".join(f"<p>{html.escape(line)}</p>" for line in text.split("\n"))).encode()


def _text() -> Iterator[bytes]:
    for text in samples().values():
        yield text.encode()
        yield text.encode("cp1252", "replace")
        yield text.encode("utf-16")


def _mail() -> Iterator[bytes]:
    text = next(iter(samples().values()))
    yield hostile.mail(text=text)
    yield hostile.mail(("verslag.txt", text.encode()), ("v.docx", next(_docx())[:6000]), text="Zie bijlage")
    yield hostile.mail(("p.html", _PAGE.encode()), text="Beste allen")


def _msg() -> Iterator[bytes]:
    yield message("Verslag", "", {}, rtf=compress(_RTF))
    yield message("Verslag", "", {}, rtf=compress(_RTF, compressed=False))
    text = next(iter(samples().values()))
    yield message("Verslag", text[:1500], {})
    yield message("Verslag", "Zie bijlage", {"verslag.txt": text.encode(), "a.html": _PAGE.encode()}, _PAGE.encode())


def _office() -> Iterator[bytes]:
    yield b"{\\rtf1\\ansi Verslag\\par}"


def _image() -> Iterator[bytes]:
    for form in ("PNG", "JPEG", "TIFF"):
        for colour in (20, 90):
            yield _as_picture(form, colour)


def _pdf() -> Iterator[bytes]:
    yield from map(_as_pdf, list(samples().values())[:6])
    yield hostile.pdf(2)


def _archive() -> Iterator[bytes]:
    good = ("verslag.txt", hostile.GOOD.encode())
    yield hostile.zipped(good, ("map/v.docx", next(_docx())), ("b.eml", next(_mail())))
    yield hostile.zipped(good, ("2024.zip", hostile.zipped(good)))


_MADE = {
    "archive": _archive,
    "docx": _docx,
    "html": _html,
    "image": _image,
    "mail": _mail,
    "msg": _msg,
    "odt": _odt,
    "office": _office,
    "pdf": _pdf,
    "text": _text,
}
READERS = tuple(_MADE)
