"""Mail: which part of it is the minutes, and what becomes of the rest."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage

import pytest
from compound import folder
from compound import message as outlook
from compressed_rtf import compress

from minutes_nlp.errors import ReadingError
from minutes_nlp.reading import ApartKind, SourceDocument, read_content
from minutes_nlp.reading.parcel import reads_as_minutes

MINUTES = "Verslag werkgroep tuin\n\nAanwezig: Noor Aelvoet\nVerontschuldigd: Bram Tack\n\nAgenda\n1. Compost\n"
LETTER = "Beste allen,\n\nIn bijlage vindt u wat we beloofden. Veel leesplezier ermee!\n" + "Nog veel woorden. " * 50


def mail(text: str, *attached: tuple[str, bytes], subject: str = "Tuin", page: str = "") -> bytes:
    message = EmailMessage()
    message["From"], message["To"] = "Noor <noor@example.org>", "bram@example.org"
    message["Subject"], message["Message-ID"] = subject, "<1@example.org>"
    message.set_content(text)
    if page:
        message.add_alternative(page, subtype="html")
    for name, content in attached:
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def read(content: bytes, name: str = "bericht.eml") -> SourceDocument:
    return read_content(content, name=name)


def apart(document: SourceDocument, kind: ApartKind) -> list[str]:
    return [passage.text for passage in document.apart if passage.kind is kind]


@pytest.fixture(params=["eml", "msg"])
def read_mail(request: pytest.FixtureRequest):
    """Reads a mail with this text and attachments, as either kind of program saves it."""

    def as_eml(text: str, attached: dict[str, bytes]) -> SourceDocument:
        return read(mail(text, *attached.items()))

    def as_msg(text: str, attached: dict[str, bytes]) -> SourceDocument:
        return read(outlook("Tuin", text, attached), "bericht.msg")

    return as_eml if request.param == "eml" else as_msg


OTHER = """Verslag bestuur school

Aanwezig: Lieve Quaghebeur, Tuur Desmedt
Verontschuldigd: niemand

Agenda
1. Verwarming van de refter en de turnzaal
2. Het schoolfeest van juni
"""


def test_further_minutes_of_a_mail_are_named(read_mail) -> None:
    document = read_mail(MINUTES, {"bestuur.txt": OTHER.encode(), "nota.txt": b"Tot dan!\n"})
    assert document.text == OTHER
    assert apart(document, ApartKind.MINUTES) == [document.name], "the text of the mail"
    assert apart(document, ApartKind.ATTACHMENT) == ["nota.txt (9 bytes)"]
    document = read_mail(LETTER, {"bestuur.txt": OTHER.encode(), "tuin.txt": MINUTES.encode()})
    assert apart(document, ApartKind.MINUTES) == [f"tuin.txt ({len(MINUTES.encode())} bytes)"]


def test_the_same_minutes_in_another_form_are_no_further_ones(read_mail) -> None:
    document = read_mail(OTHER, {"bestuur.txt": OTHER.encode(), "bestuur.md": f"{OTHER}\n".encode()})
    assert apart(document, ApartKind.MINUTES) == []


def test_the_minutes_are_attached_though_the_mail_is_longer(read_mail) -> None:
    document = read_mail(LETTER, {"agenda.txt": b"Tot dan!\n", "verslag.txt": MINUTES.encode()})
    assert document.text == MINUTES
    assert apart(document, ApartKind.ATTACHMENT) == ["agenda.txt (9 bytes)"]
    head, text = apart(document, ApartKind.MESSAGE)
    assert "Noor" in head
    assert "Tuin" in head
    assert "Veel leesplezier" in text


def test_the_larger_of_two_that_read_as_minutes(read_mail) -> None:
    longer = MINUTES + "2. Water\n" * 20
    assert read_mail("Zie bijlage", {"a.txt": MINUTES.encode(), "b.txt": longer.encode()}).text == longer


def test_the_text_of_the_mail_is_the_minutes_headed_by_its_subject(read_mail) -> None:
    document = read_mail(MINUTES, {"foto.jpg": b"\xff\xd8\xff\xe0\0\0"})
    assert document.text.startswith("Tuin\n\nVerslag werkgroep tuin")
    assert apart(document, ApartKind.ATTACHMENT) == ["foto.jpg (6 bytes)"]


def test_the_largest_where_nothing_reads_as_minutes(read_mail) -> None:
    assert read_mail("Dag!", {"brief.txt": LETTER.encode()}).text == LETTER


def test_what_has_to_wait_makes_the_mail_wait(read_mail) -> None:
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(ReadingError) as caught:
        read_mail("Zie bijlage", {"verslag.docx": locked})
    assert caught.value.code == "reading.password"
    assert read_mail(MINUTES, {"andere.docx": locked}).text.endswith(MINUTES)


def test_a_mail_of_two_forms_is_read_once_as_a_page() -> None:
    page = "<html><body><h2>Agenda</h2><p>Aanwezig: Noor Aelvoet</p><p>De raad keurt het plan goed.</p></body></html>"
    document = read(mail("De raad keurt het plan goed.", page=page))
    assert document.text.count("goed") == 1
    assert document.text.startswith("Tuin")
    assert document.apart == read(mail("anders", page=page)).apart


def test_a_mail_in_a_mail_is_looked_into() -> None:
    outer = EmailMessage()
    outer["From"], outer["Subject"], outer["Message-ID"] = "a@example.org", "FW: Tuin", "<2@example.org>"
    outer.set_content("Zie onder.")
    inner = EmailMessage()
    inner["From"], inner["Subject"], inner["Message-ID"] = "b@example.org", "Tuin", "<3@example.org>"
    inner.set_content("Zie bijlage.")
    inner.add_attachment(MINUTES.encode(), maintype="text", subtype="plain", filename="verslag.txt")
    outer.add_attachment(inner)
    assert read(outer.as_bytes()).text == MINUTES


def test_the_facts_of_the_document_are_those_of_the_mail() -> None:
    content = mail("Zie bijlage", ("verslag.txt", MINUTES.encode()))
    document = read(content)
    assert (document.name, document.size, document.media_type) == ("bericht.eml", len(content), "message/rfc822")


def test_text_that_begins_with_keys_is_no_mail() -> None:
    text = "From: Noor\nDate: 3 mei 2024\n\nVerslag\n"
    assert read(text.encode(), "verslag.txt").media_type == "text/plain"


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        (MINUTES, True),
        ("Procès-verbal\n\nPrésents : Aïcha Benali\n\nOrdre du jour\n1. Budget\n", True),
        (LETTER, False),
        ("Datum: 3 mei\nOnderwerp: tuin\n\nBeste,\n\nTot dan!\nVoorzitter tuinclub\n", False),
        ("Aanwezig: Noor\n", False),
        ("", False),
    ],
)
def test_what_reads_as_minutes(text: str, reads: bool) -> None:
    assert reads_as_minutes(text) is reads


def zipped(**members: str) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        for name, text in members.items():
            archive.writestr(f"map/{name}.txt", text)
    return kept.getvalue()


def test_minutes_in_an_attached_archive_are_found_and_the_rest_of_it_is_listed(read_mail) -> None:
    inner = zipped(brief=LETTER, verslag=MINUTES)
    document = read_mail(LETTER, {"tuin.zip": inner, "los.txt": b"Tot dan!"})
    assert document.text == MINUTES
    assert apart(document, ApartKind.ATTACHMENT) == [
        f"tuin.zip/map/brief.txt ({len(LETTER)} bytes)",
        "los.txt (8 bytes)",
    ]


def test_a_mail_in_an_attached_archive_is_looked_into(read_mail) -> None:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr("bericht.eml", mail("Zie bijlage.", ("verslag.txt", MINUTES.encode())))
    assert read_mail(LETTER, {"tuin.zip": kept.getvalue()}).text == MINUTES


def test_an_attached_archive_that_means_harm_costs_nothing_but_itself(read_mail) -> None:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("nul.txt", bytes(15_000_000))
    document = read_mail(MINUTES, {"bom.zip": kept.getvalue()})
    assert document.text.endswith(MINUTES)
    assert apart(document, ApartKind.ATTACHMENT) == [f"bom.zip ({len(kept.getvalue())} bytes)"]
    with pytest.raises(ReadingError) as caught:
        read_mail("", {"bom.zip": kept.getvalue()})
    assert caught.value.code == "reading.archive-ratio"


def test_a_file_in_an_attached_archive_that_is_locked_makes_the_mail_wait(read_mail) -> None:
    locked = bytearray(zipped(verslag=MINUTES))
    locked[6] |= 1  # in the header of the file
    locked[locked.index(b"PK\1\2") + 8] |= 1  # in the directory
    with pytest.raises(ReadingError) as caught:
        read_mail("Zie bijlage.", {"tuin.zip": bytes(locked)})
    assert caught.value.code == "reading.password"


RTF = rb"{\rtf1\ansi\ansicpg1252\fromhtml1{\fonttbl{\f0 Arial;}}{\*\htmltag64 <p>}Aanwezig: Zo\'eb\par Agenda\par}"


@pytest.mark.parametrize("packed", [True, False])
def test_an_outlook_message_whose_text_is_rtf_alone_is_read(packed: bool) -> None:
    document = read(outlook("Verslag", "", {}, rtf=compress(RTF, compressed=packed)), "bericht.msg")
    assert document.text.split("\n") == ["Verslag", "", "Aanwezig: Zoë", "Agenda", ""]


def test_of_several_texts_of_an_outlook_message_rtf_is_the_last_choice() -> None:
    assert "Dag" in read(outlook("Verslag", "Dag allen", {}, rtf=compress(RTF)), "bericht.msg").text


@pytest.mark.parametrize(
    "broken", [b"", b"kort", bytes(40), compress(RTF)[:-9], compress(RTF[:30] + b"\\u99999999999?}")]
)
def test_broken_rtf_is_no_text(broken: bytes) -> None:
    with pytest.raises(ReadingError) as caught:
        read(outlook("", "", {}, rtf=broken), "bericht.msg")
    assert caught.value.code == "reading.no-text"


def test_an_outlook_message_in_an_outlook_message_is_looked_into() -> None:
    inner = folder("Verslag", "Zie bijlage.", {"verslag.txt": MINUTES.encode(), "los.txt": b"Tot dan!"})
    document = read(outlook("FW: Verslag", LETTER, {"Verslag": inner}), "bericht.msg")
    assert document.text == MINUTES
    assert apart(document, ApartKind.ATTACHMENT) == ["Verslag.txt (21 bytes)", "Verslag/los.txt (8 bytes)"]


def test_outlook_messages_are_opened_so_deep_and_no_deeper() -> None:
    inner = folder("", MINUTES, {})
    for _ in range(5):
        inner = folder("Door", "Zie onder.", {"Door": inner})
    document = read(outlook("Door", "Zie onder.", {"Door": inner}), "bericht.msg")
    assert "Zie onder." in document.text
    assert "Door/Door/Door (0 bytes)" in apart(document, ApartKind.ATTACHMENT)
