"""Which reader takes which file, and what becomes of broken ones: content tells, never the ending."""

import pytest
from office import archive, open_parts, p, word_parts

from minutes_nlp.errors import ReadingError
from minutes_nlp.reading import Limits, read_content

WORD = archive(word_parts(p("De raad keurt de begroting goed.")))
OPEN = archive(open_parts("<text:p>De raad keurt de begroting goed.</text:p>"))
PAGE = b"<!DOCTYPE html><p>De raad keurt de begroting goed.</p>"
LONG = archive({**word_parts(p("De raad.")), "word/media/foto.png": bytes(range(256)) * 400})
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def error_of(content: bytes, name: str, limits: Limits | None = None) -> str:
    with pytest.raises(ReadingError) as caught:
        read_content(content, name=name, limits=limits or Limits())
    assert caught.value.hint
    assert caught.value.values["path"] == name
    return caught.value.code


@pytest.mark.parametrize(
    "name", ["verslag.docx", "verslag.txt", "verslag.md", "verslag.odt", "verslag.html", "verslag"]
)
@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (WORD, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (OPEN, "application/vnd.oasis.opendocument.text"),
        (
            archive(open_parts("<text:p>De raad keurt de begroting goed.</text:p>"), stored=()),
            "application/vnd.oasis.opendocument.text",
        ),
        (PAGE, "text/html"),
        (b"\n <!-- x --><html><body>De raad keurt de begroting goed.</body></html>", "text/html"),
        ("<html><p>De raad keurt de begroting goed.</p>".encode("utf-16"), "text/html"),
    ],
)
def test_a_file_is_what_it_holds_whatever_its_name(content: bytes, media_type: str, name: str) -> None:
    document = read_content(content, name=name)
    assert (document.media_type, document.text) == (media_type, "De raad keurt de begroting goed.")


def test_markdown_that_begins_with_an_element_is_no_web_page() -> None:
    text = b'<div align="center">Verslag</div>\n\n# Opening\n'
    assert read_content(text, name="verslag.md").media_type == "text/markdown"
    assert read_content(text, name="verslag.html").media_type == "text/html"


def test_an_archive_of_word_files_is_no_word_file() -> None:
    inside = archive({"a.docx": WORD})
    with pytest.raises(ReadingError):
        read_content(inside, name="verslagen.docx")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (LONG[: len(LONG) // 2], "reading.damaged"),
        (archive({k: v for k, v in word_parts(p("x")).items() if k != "word/document.xml"} | {"word/document.xml": ""}),
         "reading.damaged"),
        (archive({**word_parts(p("x")), "word/document.xml": "<w:document"}), "reading.damaged"),
        (archive({**word_parts(p("x")), "word/document.xml": "<a/>"}), "reading.damaged"),
        (archive(word_parts(p(" "))), "reading.no-text"),
        (OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "reading.password"),
        (archive({"mimetype": open_parts("")["mimetype"], "META-INF/manifest.xml": "<a><encryption-data/></a>"}),
         "reading.password"),
        (OPEN[: len(OPEN) // 2], "reading.damaged"),
        (archive({"mimetype": open_parts("")["mimetype"]}), "reading.damaged"),
        (archive(open_parts("<text:p/>")), "reading.no-text"),
        (b"<!DOCTYPE html><script>1</script>", "reading.no-text"),
    ],
    ids=["cut", "empty part", "no xml", "no body", "blank", "password", "odt password", "odt cut", "odt empty",
         "odt blank", "html blank"],
)  # fmt: skip
def test_each_kind_of_broken_file_has_its_error(content: bytes, code: str) -> None:
    assert error_of(content, "verslag") == code


BOMB = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
)


@pytest.mark.parametrize("declared", [BOMB + "]>", '<!DOCTYPE w [<!ENTITY j SYSTEM "file:///etc/passwd">]>'])
@pytest.mark.parametrize(
    ("parts", "main"),
    [(word_parts(p("De raad &j;")), "word/document.xml"), (open_parts("<text:p>De raad &j;</text:p>"), "content.xml")],
)
def test_entities_are_refused(declared: str, parts: dict[str, str], main: str) -> None:
    assert error_of(archive({**parts, main: declared + parts[main]}), "verslag") == "reading.xml-entities"


def test_a_part_that_unpacks_to_too_much_is_refused_before_it_is_whole() -> None:
    content = archive(word_parts(p("a" * 50_000)))
    assert error_of(content, "verslag", Limits(unpacked=20_000)) == "reading.unpacked"
    assert len(content) < 5_000


def test_pictures_are_not_unpacked() -> None:
    content = archive({**word_parts(p("De raad.")), "word/media/foto.png": bytes(1_000_000)})
    assert read_content(content, name="a.docx", limits=Limits(unpacked=50_000)).text == "De raad."


def test_a_part_with_a_wrong_checksum_is_damaged() -> None:
    broken = bytearray(archive({"a": "x", **word_parts(p("De raad keurt de begroting goed."))}))
    place = broken.index(b"word/document.xml") + len("word/document.xml") + 10
    broken[place] ^= 0xFF
    assert error_of(bytes(broken), "verslag") == "reading.damaged"


def test_elements_deeper_than_any_program_writes_them() -> None:
    deep = "<w:sdt><w:sdtContent>" * 3_000 + p("diep") + "</w:sdtContent></w:sdt>" * 3_000
    assert error_of(archive(word_parts(deep)), "verslag") == "reading.nested"


@pytest.mark.parametrize("content", [WORD, OPEN, PAGE])
def test_reading_the_same_bytes_gives_the_same_document(content: bytes) -> None:
    assert read_content(content, name="a") == read_content(content, name="a")


def test_an_archive_without_compression_is_read_too() -> None:
    parts = word_parts(p("De raad."))
    assert read_content(archive(parts, stored=tuple(parts)), name="a").text == "De raad."
