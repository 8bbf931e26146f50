"""Files that mean harm, or are broken, each with the errors that it must bring about: made here, never kept.

`cases()` gives them; limits are those of `LIMITS`, so that they stay small. A case of a format whose reader is not
registered brings about what the format's absence does.
"""

from __future__ import annotations

import base64
import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from functools import partial

from minutes_nlp.reading import Limits
from minutes_nlp.reading.ocr import installed_languages
from minutes_nlp.reading.office import office_program
from minutes_nlp.reading.readers import readers

LIMITS = Limits(
    bytes=2_000_000, unpacked=20_000_000, members=300, depth=3, cpu_seconds=20, seconds=60, output=4_000_000
)
GOOD = "Verslag\n\nAanwezig: Noor Aelvoet\n\nDe raad keurt de rekening goed.\n"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
_LAUGHS = (
    '<!DOCTYPE lol [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)
_LONG = "woord " * 20_000
_OUTSIDE = '<!DOCTYPE x [<!ENTITY i SYSTEM "file:///etc/passwd">]>'


@dataclass(frozen=True)
class Case:
    """A file.

    Attributes:
        name: what it is called.
        make: gives its bytes.
        problems: the codes that reading it and its members brings about; empty: it is read.
        reader: the reader that has to be there; empty: none.
    """

    name: str
    make: Callable[[], bytes]
    problems: frozenset[str]
    reader: str = ""

    def expected(self) -> frozenset[str]:
        """The codes, given the readers that there are."""
        if self.reader and self.reader not in {reader.name for reader in readers()}:
            return frozenset(("reading.other-format",))
        return self.problems


def zipped(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive of these members, their paths taken as they are."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", method) as archive:
        for path, content in members:
            archive.writestr(_entry(path, zipfile.ZIP_STORED if path == "mimetype" else method), content)
    return kept.getvalue()


def _entry(path: str, method: int, mode: int = 0o100644) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo("x")
    entry.filename = path
    entry.compress_type = method
    entry.external_attr = mode << 16
    return entry


def _nested(depth: int, content: bytes) -> bytes:
    for level in range(depth):
        content = zipped((f"{level}.zip" if level else "verslag.txt", content))
    return content


def _link() -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr(_entry("verslag.txt", zipfile.ZIP_STORED, 0o120777), "/etc/passwd")
    return kept.getvalue()


def _flagged(content: bytes, flag: int) -> bytes:
    """An archive whose (only) member is said to be encrypted."""
    patched = bytearray(content)
    struct.pack_into("<H", patched, patched.index(b"PK\x03\x04") + 6, flag)
    struct.pack_into("<H", patched, patched.index(b"PK\x01\x02") + 8, flag)
    return bytes(patched)


def _in_directory(content: bytes, offset: int, form: str, value: int) -> bytes:
    """An archive whose directory says something else of its first member."""
    patched = bytearray(content)
    struct.pack_into(form, patched, patched.index(b"PK\x01\x02") + offset, value)
    return bytes(patched)


def _broken_member() -> bytes:
    content = bytearray(zipped(("verslag.txt", GOOD.encode()), method=zipfile.ZIP_STORED))
    content[content.index(b"rekening")] ^= 1
    return bytes(content)


def docx(document: str, *more: tuple[str, bytes]) -> bytes:
    """A Word document with this main part."""
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
    )
    return zipped(("[Content_Types].xml", types.encode()), ("word/document.xml", document.encode()), *more)


def _word(body: str, head: str = "") -> str:
    return f"{head}<w:document {_W}><w:body>{body}</w:body></w:document>"


_INNER = '<w:altChunk xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="r1"/>'


def _chunk(content: bytes, target: str = "inner.html") -> tuple[tuple[str, bytes], ...]:
    """The parts of a Word file that make `_INNER` stand for a document of this content."""
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="x/aFChunk" Target="{target}"/></Relationships>'
    )
    return ("word/_rels/document.xml.rels", relations.encode()), (f"word/{target}", content)


def _paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def _table(cell: str, properties: str = "") -> str:
    return f"<w:tbl><w:tr><w:tc><w:tcPr>{properties}</w:tcPr>{cell}</w:tc></w:tr></w:tbl>"


def _tables_in_tables(depth: int) -> str:
    opened = "<w:tbl><w:tr><w:tc>" * depth
    return opened + _paragraph("diep") + "</w:tc></w:tr></w:tbl>" * depth


def odt(body: str, *more: tuple[str, bytes], head: str = "") -> bytes:
    """An OpenDocument text with this body."""
    content = (
        f'{head}<office:document-content xmlns:office="{_OFFICE}:office:1.0" xmlns:text="{_OFFICE}:text:1.0" '
        f'xmlns:table="{_OFFICE}:table:1.0"><office:body><office:text>{body}</office:text></office:body>'
        "</office:document-content>"
    )
    return zipped(("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", content.encode()), *more)


_ENCRYPTED_ODT = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry '
    'manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry></manifest:manifest>'
)


def mail(*attached: tuple[str, bytes], text: str = "") -> bytes:
    """A mail with these attachments."""
    message = EmailMessage()
    message["From"], message["To"], message["Message-ID"] = "noor@example.org", "raad@example.org", "<1@example.org>"
    message["Subject"] = "Bijlage"
    message.set_content(text)
    for name, content in attached:
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def _mail_in_mail(depth: int) -> bytes:
    head = b"From: a@example.org\nMessage-ID: <1@example.org>\nMIME-Version: 1.0\n"
    return (head + b"Content-Type: message/rfc822\n\n") * depth + head + b"\n" + GOOD.encode()


def _parts(count: int) -> bytes:
    head = b'From: a@example.org\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b"\n\n'
    return head + b"--b\nContent-Type: application/octet-stream\n\n\x00\n" * count + b"--b--\n"


def pdf(pages: int, *, body: bytes = b"BT /F1 12 Tf 50 700 Td (Verslag) Tj ET", trailer: bytes = b"") -> bytes:
    """A PDF of so many pages with the same content."""
    first = 4
    kids = b" ".join(b"%d 0 R" % (first + page) for page in range(pages))
    stream = zlib.compress(body)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
        b"/MediaBox[0 0 600 800]>>" % (pages, kids),
        b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        *[b"<</Type/Page/Parent 2 0 R/Contents 3 0 R>>"] * pages,
    ]
    file, places = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(file))
        file += b"%d 0 obj%s\nendobj\n" % (number, content)
    start = len(file)
    file += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    file += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(file) + b"trailer<</Root 1 0 R/Size %d%s>>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        trailer,
        start,
    )


_PASSWORD_PDF = (
    b"/ID[<00000000000000000000000000000000><00000000000000000000000000000000>]/Encrypt<</Filter/Standard/V 1/R 2"
    b"/O<" + b"11" * 32 + b">/U<" + b"22" * 32 + b">/P -44>>"
)


def cases() -> Iterator[Case]:
    """All of them."""
    for group in (_archives, _word_files, _opendocument, _pages, _mails, _pdfs, _old, _disguised):
        for name, make, *problems in group():
            reader = problems.pop(0)[1:] if problems and problems[0].startswith("@") else ""
            yield Case(name, make, frozenset(problems), reader)


Rows = Iterator[tuple]


def _archives() -> Rows:
    good = ("verslag.txt", GOOD.encode())
    yield "zeros.zip", partial(zipped, ("nul.txt", bytes(15_000_000))), "reading.archive-ratio"
    yield "many.zip", lambda: zipped(*[(f"{n}.txt", b"a") for n in range(301)]), "reading.archive-members"
    yield "deep.zip", partial(_nested, 5, GOOD.encode()), "reading.archive-depth"
    yield "matryoshka.zip", partial(_nested, 3, bytes(15_000_000)), "reading.archive-ratio"
    yield "wide.zip", lambda: zipped(*[(f"{n}.zip", _nested(2, b"a")) for n in range(200)]), "reading.archive-members"
    yield "up.zip", partial(zipped, ("../../cron.d/verslag.txt", GOOD.encode())), "reading.archive-path"
    yield "root.zip", partial(zipped, ("/etc/verslag.txt", GOOD.encode())), "reading.archive-path"
    yield "drive.zip", partial(zipped, ("C:\\verslag.txt", GOOD.encode())), "reading.archive-path"
    yield "back.zip", partial(zipped, ("a\\..\\..\\verslag.txt", GOOD.encode())), "reading.archive-path"
    yield "link.zip", _link, "reading.archive-path"
    yield "locked.zip", lambda: _flagged(zipped(good), 1), "reading.password"
    yield "cut.zip", lambda: zipped(good, ("b.txt", b"b"))[:-30], "reading.damaged"
    yield "nothing.zip", zipped, "reading.empty"
    yield "empty-member.zip", partial(zipped, ("leeg.txt", b" ")), "reading.empty"
    yield "flipped.zip", _broken_member, "reading.damaged"
    yield "method.zip", lambda: _in_directory(zipped(good), 10, "<H", 99), "reading.damaged"
    yield "claims-4-gb.zip", lambda: _in_directory(zipped(good), 24, "<I", 0xFFFFFFF0), "reading.archive-ratio"
    yield "claims-less.zip", lambda: _in_directory(zipped(good), 24, "<I", 10), "reading.damaged"
    yield "one-good.zip", partial(zipped, good, ("program", b"\x7fELF\0")), "reading.other-format"


def _word_files() -> Rows:
    laugh = _word(_paragraph("&i;"), _LAUGHS)
    yield "laughs.docx", partial(docx, laugh), "@docx", "reading.xml-entities"
    yield "outside.docx", partial(docx, _word(_paragraph("&i;"), _OUTSIDE)), "@docx", "reading.xml-entities"
    yield "cut.docx", lambda: docx(_word(_paragraph(GOOD)))[:-60], "@docx", "reading.damaged"
    yield "unclosed.docx", partial(docx, f"<w:document {_W}><w:body>"), "@docx", "reading.damaged"
    yield "no-xml.docx", partial(docx, "Verslag"), "@docx", "reading.damaged"
    yield "paragraph.docx", partial(docx, _word(_paragraph(_LONG))), "@docx", "reading.long-line"
    yield "nobody.docx", partial(docx, f"<w:document {_W}/>"), "@docx", "reading.damaged"
    yield "blank.docx", partial(docx, _word("<w:p/>")), "@docx", "reading.no-text"
    yield "zeros.docx", partial(docx, _word(_paragraph(" " * 25_000_000))), "@docx", "reading.unpacked"
    yield "image.docx", partial(docx, _word(_paragraph("Foto")), ("word/media/1.bmp", bytes(60_000_000))), "@docx"
    yield "macro.docm", partial(docx, _word(_paragraph("Macro")), ("word/vbaProject.bin", _COMPOUND)), "@docx"
    yield "cell.docx", partial(docx, _word(_table(_paragraph("cel " * 10_000) * 150))), "@docx", "reading.output"
    yield "deep.docx", partial(docx, _word(_tables_in_tables(3_000))), "@docx", "reading.nested"
    yield "inner.docx", partial(docx, _word(_paragraph("Buiten") + _INNER), *_chunk(docx("x")[:-60])), "@docx"
    deep = b"<html><body>" + b"<div>" * 50_000
    yield "deep-inner.docx", partial(docx, _word(_INNER), *_chunk(deep)), "@docx", "reading.nested"
    yield "itself.docx", partial(docx, _word(_paragraph("Ik") + _INNER), *_chunk(b"", "document.xml")[:1]), "@docx"
    yield "locked.docx", lambda: _COMPOUND + bytes(512) + "EncryptedPackage".encode("utf-16-le"), "reading.password"
    yield "locked-part.docx", lambda: _flagged(zipped(("word/document.xml", b"x")), 1), "@docx", "reading.password"


def _opendocument() -> Rows:
    yield "laughs.odt", partial(odt, "<text:p>&i;</text:p>", head=_LAUGHS), "@odt", "reading.xml-entities"
    yield "outside.odt", partial(odt, "<text:p>&i;</text:p>", head=_OUTSIDE), "@odt", "reading.xml-entities"
    flat = b'<o:document xmlns:o="o" o:mimetype="application/vnd.oasis.opendocument.text"'
    yield "laughs.fodt", lambda: _LAUGHS.encode() + flat + b">&h;</o:document>", "@odt", "reading.xml-entities"
    yield "cut.fodt", lambda: flat, "@odt", "reading.damaged"
    yield "many.fodt", lambda: b"<!---->" * 9_000 + b"<!--" * 9_000  # nothing but comments, which is text
    yield "cut.odt", lambda: odt("<text:p>Verslag</text:p>")[:-60], "@odt", "reading.damaged"
    yield "paragraph.odt", partial(odt, f"<text:p>{_LONG}</text:p>"), "@odt", "reading.long-line"
    yield "blank.odt", partial(odt, ""), "@odt", "reading.no-text"
    yield "deep.odt", partial(odt, "<text:section>" * 3_000 + "</text:section>" * 3_000), "@odt", "reading.nested"
    yield "zeros.odt", partial(odt, f"<text:p>{' ' * 25_000_000}</text:p>"), "@odt", "reading.unpacked"
    locked = ("META-INF/manifest.xml", _ENCRYPTED_ODT.encode())
    yield (
        "locked.odt",
        lambda: zipped(
            ("mimetype", b"application/vnd.oasis.opendocument.text"), locked, ("content.xml", b"\x8f\x00\x9c" * 99)
        ),
        "@odt",
        "reading.password",
    )
    spread = (
        '<table:table><table:table-row table:number-rows-repeated="999999999"><table:table-cell '
        'table:number-columns-repeated="999999999"><text:p>x</text:p></table:table-cell></table:table-row></table:table>'
    )
    yield "spread.odt", partial(odt, spread), "@odt"


def _pages() -> Rows:
    head = b"<!DOCTYPE html><html><body>"
    yield "deep.html", lambda: head + b"<div>" * 50_000 + b"Verslag" + b"</div>" * 50_000, "@html", "reading.nested"
    yield "wide.html", lambda: head + b'<table><tr><td colspan="999999999" rowspan="999999999">x</table>', "@html"
    yield "paragraph.html", lambda: head + f"<p>{_LONG}</p>".encode(), "@html", "reading.long-line"
    yield "blank.html", lambda: head + b"<script>alert(1)</script>", "@html", "reading.no-text"
    yield "outside.html", lambda: _OUTSIDE.encode() + b"<html><body><p>Verslag &i;</p></body></html>"


def _mails() -> Rows:
    yield "nothing.eml", partial(mail), "@mail", "reading.no-text"
    yield "paragraph.eml", partial(mail, text=_LONG), "@mail", "reading.long-line"
    yield "locked.eml", lambda: mail(("v.docx", _COMPOUND + "EncryptedPackage".encode("utf-16-le"))), "reading.password"
    yield "laughs.eml", lambda: mail(("v.docx", docx(_word(_paragraph("&i;"), _LAUGHS)))), "reading.xml-entities"
    yield "deep.eml", partial(_mail_in_mail, 400), "@mail", "reading.nested"
    yield "parts.eml", partial(_parts, 1_000), "@mail", "reading.nul"
    yield (
        "broken64.eml",
        lambda: mail(("v.txt", GOOD.encode())).replace(b"VmVyc2xhZ", b"!!!"),
        "@mail",
        "reading.binary",
    )
    bomb = ("bom.zip", zipped(("nul.txt", bytes(15_000_000))))
    yield "bomb.eml", lambda: mail(bomb), "@mail", "reading.archive-ratio"
    yield "bomb-beside.eml", lambda: mail(bomb, text=GOOD * 2), "@mail"
    yield "many.eml", lambda: mail(("a.zip", zipped(*[(f"{n}", b"a") for n in range(301)]))), "reading.archive-members"
    yield "charset.eml", lambda: mail(text=GOOD).replace(b'"utf-8"', b'"klingon"'), "@mail"
    mark = "__properties_version1.0".encode("utf-16-le")
    yield "cut.msg", lambda: _COMPOUND + bytes(504) + mark, "@msg", "reading.damaged"


def _pdfs() -> Rows:
    yield "cut.pdf", lambda: pdf(3)[:200], "@pdf", "reading.damaged"
    yield "locked.pdf", partial(pdf, 1, trailer=_PASSWORD_PDF), "@pdf", "reading.password"
    yield "pages.pdf", partial(pdf, 10_000), "@pdf", "reading.pages"
    yield "head.pdf", lambda: b"%PDF-1.7\n", "@pdf", "reading.damaged"


def _old() -> Rows:
    absent = "reading.office" if office_program() else "reading.needs-office"
    yield "cut.rtf", lambda: b"{\\rtf1 Verslag", absent
    yield "cut.doc", lambda: _COMPOUND + bytes(600) + "WordDocument".encode("utf-16-le"), absent
    yield "sheet.xls", lambda: _COMPOUND + bytes(600) + "Workbook".encode("utf-16-le"), "reading.other-format"


def _disguised() -> Rows:
    yield "leeg.docx", bytes, "reading.empty"
    yield "wit.pdf", lambda: b" \n\t", "reading.empty"
    picture = "reading.damaged" if installed_languages() else "reading.needs-ocr"
    yield "foto.docx", lambda: b"\x89PNG\r\n\x1a\n" + bytes(50), "@image", picture
    yield "verslag.odt", partial(docx, _word(_paragraph("Een Word-bestand"))), "@docx"
    yield "document.zip", partial(docx, _word(_paragraph("Een Word-bestand"))), "@docx"
    yield "archief.docx", partial(zipped, ("verslag.txt", GOOD.encode()))
    yield (
        "sheet.xlsx",
        partial(zipped, ("[Content_Types].xml", b"<Types/>"), ("xl/a.xml", b"<a/>")),
        "reading.other-format",
    )
    yield "program.txt", lambda: b"\x7fELF" + bytes(100), "reading.other-format"
    yield "gzip.txt", lambda: b"\x1f\x8b\x08" + bytes(100), "reading.other-format"
    yield "noise.txt", lambda: bytes(range(1, 32)) * 300, "reading.binary"
    yield "line.txt", lambda: b"a" * 1_500_000, "reading.long-line"
    yield "large.txt", lambda: b"a\n" * 1_500_000, "reading.too-large"
    yield "base64.txt", lambda: base64.encodebytes(bytes(range(256)) * 20)
