"""A local endpoint takes the place of a recogniser: what it says is checked, and kept only if the text says it."""

import datetime
import json
import logging
import socket
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from own_cases import MINUTES, read, swapped

from minutes_nlp.errors import ExtractionError, ModelError
from minutes_nlp.extraction.own import chat
from minutes_nlp.extraction.own.answers import schema
from minutes_nlp.extraction.own.labels import targets
from minutes_nlp.records import MeetingRecord

Reply = Callable[[BaseHTTPRequestHandler], None]


class Server:
    """A server on this computer that answers with the next of `replies` (the last one again and again)."""

    def __init__(self) -> None:
        self.replies: list[Reply] = []
        self.asked: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.stopped = threading.Event()
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                assert self.path == "/v1/chat/completions"
                server.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                server.headers.append(dict(self.headers))
                server.replies[min(len(server.asked), len(server.replies)) - 1](self)

            def log_message(self, *arguments: Any) -> None:
                """Print nothing."""

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.http.server_port}/v1"
        threading.Thread(target=self.http.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        """Stop serving."""
        self.stopped.set()
        self.http.shutdown()
        self.http.server_close()


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setattr(chat, "_PAUSE", 0.0)
    running = Server()
    yield running
    running.close()


def send(body: bytes, status: int = 200, **headers: str) -> Reply:
    """Answer with these bytes."""

    def reply(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    return reply


def say(content: Any, finish: str = "stop", **message: Any) -> Reply:
    """Answer as a model does, with text or with what becomes JSON."""
    text = content if isinstance(content, str) or content is None else json.dumps({"found": content})
    choice = {"index": 0, "finish_reason": finish, "message": {"role": "assistant", "content": text, **message}}
    return send(json.dumps({"choices": [choice]}).encode())


def ask(server: Server, part: str, *replies: Reply, **options: Any) -> MeetingRecord:
    """The record of the minutes, one part of it taken by an endpoint that answers so."""
    server.replies = list(replies)
    return read(swapped(part, "endpoint", **{"url": server.url, "model": "klein", "timeout_s": 20.0, **options}))


def test_decisions_are_kept_where_the_text_says_them(server: Server, caplog: pytest.LogCaptureFixture) -> None:
    told = ["Zwaluwplan  blauw\nkomt er.", "Zwaluwplan groen komt er.", "Zwaluwplan blauw komt er.", "zwaluwplan"]
    with caplog.at_level(logging.WARNING, "minutes_nlp"):
        record = ask(server, "decisions", say([{"quote": quote} for quote in told]))
    (decision,) = record.decisions
    assert decision.evidence.quote == "Zwaluwplan blauw komt er."
    assert MINUTES[decision.evidence.start : decision.evidence.end] == decision.evidence.quote
    assert (decision.item, decision.recogniser) == (0, "minutes.decisions.endpoint.v1")
    assert "decisions: 3 answers of klein do not stand in the text and were dropped." in caplog.messages
    assert "groen" not in record.model_dump_json()


def test_the_question_brings_the_text_and_the_schema(server: Server) -> None:
    ask(server, "decisions", say([]))
    (asked,) = server.asked
    assert (asked["model"], asked["temperature"]) == ("klein", 0)
    assert [message["role"] for message in asked["messages"]] == ["system", "user"]
    assert "Zwaluwplan blauw komt er." in asked["messages"][1]["content"]
    assert asked["response_format"]["json_schema"]["schema"] == schema("decisions")
    assert "Authorization" not in server.headers[0]


def test_a_long_text_is_sent_in_parts(server: Server) -> None:
    ask(server, "decisions", say([]), characters=60)
    sent = [asked["messages"][1]["content"] for asked in server.asked]
    assert len(sent) > 2
    assert all(len(part) <= 60 for part in sent)
    assert "Zwaluwplan blauw komt er." in "\n".join(sent)


def test_no_part_of_a_long_passage_is_left_out(server: Server) -> None:
    server.replies = [say([])]
    settings = swapped("decisions", "endpoint", url=server.url, model="klein", timeout_s=20.0, characters=50)
    long = "De raad koopt een hangmat, " + "een ladder en een hamer, " * 20 + "x" * 120 + " en een emmer."
    read(settings, MINUTES.replace("Zwaluwplan blauw komt er.", long))
    sent = [asked["messages"][1]["content"] for asked in server.asked]
    assert all(len(part) <= 50 for part in sent)
    assert "".join(long.split()) in "".join("".join(sent).split())


def test_a_key_that_no_header_can_hold_is_told_without_the_key(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLEUTEL_VAN_ONS", "ge\nheim")
    with pytest.raises(ExtractionError) as caught:
        ask(server, "decisions", say([]), key_variable="SLEUTEL_VAN_ONS")
    assert caught.value.code == "own.value"
    assert "heim" not in str(caught.value)


def test_a_key_is_sent_if_the_settings_name_its_variable(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLEUTEL_VAN_ONS", "geheim")
    ask(server, "decisions", say([]), key_variable="SLEUTEL_VAN_ONS")
    assert server.headers[0]["Authorization"] == "Bearer geheim"


def test_an_answer_between_fences_is_read(server: Server) -> None:
    record = ask(server, "decisions", say('```json\n{"found": [{"quote": "Zwaluwplan blauw komt er."}]}\n```'))
    assert len(record.decisions) == 1


def test_actions_have_what_the_model_quotes_and_else_what_the_program_works_out(server: Server) -> None:
    found = [
        {"quote": "Toon Verlinde koopt hout", "owners": [], "due": None, "done": None},
        {"quote": "Pol kijkt ze na.", "owners": ["Toon Verlinde", "Ilse Moens"], "due": "morgen", "done": "Klaar!"},
        {"quote": "Jef koopt verf", "owners": ["Jef"], "due": None, "done": None},
    ]
    actions = ask(server, "actions", say(found)).actions
    assert [([o.name for o in a.owners], a.due and a.due.value, a.status) for a in actions] == [
        (["Toon Verlinde"], "2026-04-03", "open"),
        (["Toon Verlinde"], None, "done"),
    ]
    for owner in (owner for action in actions for owner in action.owners):
        assert owner.evidence is not None
        assert owner.name.endswith(owner.evidence.quote)


def test_the_deadline_that_the_model_quotes_counts(server: Server) -> None:
    found = [{"quote": "koopt hout", "owners": ["Toon"], "due": "3 april 2026", "done": None}]
    (action,) = ask(server, "actions", say(found)).actions
    assert action.due is not None
    assert (action.due.value, action.due.evidence.quote) == ("2026-04-03", "3 april 2026")
    assert [(o.name, o.attendee) for o in action.owners] == [("Toon Verlinde", 0)]


def test_attendance_has_who_status_organisation_and_role(server: Server) -> None:
    found = [
        {"quote": "Toon Verlinde", "status": "absent", "organisation": "werkgroep Zwaluwen", "role": "chair"},
        {"quote": "Ilse Moens", "status": "present", "organisation": "Vogelbond", "role": None},
        {"quote": "Jef Claes", "status": "present", "organisation": None, "role": None},
    ]
    record = ask(server, "attendance", say(found))
    assert [(a.name, a.status, a.organisation, a.role) for a in record.attendance] == [
        ("Toon Verlinde", "absent", "werkgroep Zwaluwen", "chair"),
        ("Ilse Moens", "present", None, None),
    ]


def test_themes_are_of_the_closed_list_and_shown_by_words_of_the_item(server: Server) -> None:
    first = [{"theme": "environment", "quote": "nestkastje"}, {"theme": "vogels", "quote": "nestkastje"}]
    second = [{"theme": "finance", "quote": "rekening"}, {"theme": "environment", "quote": "Zwaluwplan"}]
    record = ask(server, "themes", say(first), say(second))
    assert [item.themes for item in record.agenda_items] == [("environment",), ("finance",)]
    sent = [asked["messages"][1]["content"] for asked in server.asked]
    assert [text.split("\n")[0] for text in sent] == ["Nestkastjes", "Rekening"]


def test_the_schema_closes_every_list_and_asks_for_every_key() -> None:
    answer = schema("themes")["$defs"]["ThemeAnswer"]
    assert tuple(answer["properties"]["theme"]["enum"]) == targets("themes")
    for part in ("decisions", "actions", "attendance", "themes"):
        for shape in (schema(part), *schema(part)["$defs"].values()):
            assert shape["additionalProperties"] is False
            assert set(shape["required"]) == set(shape["properties"])


def refused(server: Server, *replies: Reply, **options: Any) -> ModelError:
    with pytest.raises(ModelError) as caught:
        ask(server, "decisions", *replies, **options)
    return caught.value


@pytest.mark.parametrize(
    "content",
    [
        "Hier zijn de besluiten!",
        '{"found": [{"quote": 3}]}',
        '{"found": [{"quote": ""}]}',
        '{"found": [{"citaat": "Zwaluwplan"}]}',
        '{"found": [{"quote": "Zwaluwplan", "more": 1}]}',
        '{"decisions": []}',
        "[]",
        "",
        None,
    ],
)
def test_an_answer_of_another_shape_is_asked_again_and_then_told(server: Server, content: str | None) -> None:
    assert refused(server, say(content), retries=2).code == "own.answer"
    assert len(server.asked) == 3


@pytest.mark.parametrize("body", [b"<html>", b"{}", b'{"choices": []}', b'{"choices": [{"message": 1}]}', b"\xff"])
def test_an_answer_of_another_protocol_is_told(server: Server, body: bytes) -> None:
    assert refused(server, send(body)).code == "own.answer"


def test_a_good_answer_after_a_bad_one_counts(server: Server) -> None:
    record = ask(server, "decisions", send(b"", 503), say([{"quote": "Zwaluwplan blauw komt er."}]))
    assert len(record.decisions) == 1


@pytest.mark.parametrize(("status", "times"), [(500, 2), (429, 2), (404, 1), (401, 1)])
def test_an_error_of_the_server_is_told_with_its_number(server: Server, status: int, times: int) -> None:
    problem = refused(server, send(b"no", status))
    assert (problem.code, problem.values["status"]) == ("own.status", status)
    assert len(server.asked) == times


def test_a_server_that_sends_elsewhere_is_not_followed(server: Server) -> None:
    problem = refused(server, send(b"", 307, Location="http://minutes.invalid/v1/chat/completions"))
    assert (problem.code, problem.values["status"]) == ("own.status", 307)


@pytest.mark.parametrize("place", ["http://[::1", "file:///etc/passwd", "", "/v1/chat/completions"])
def test_a_redirect_to_anywhere_is_an_error_of_the_server(server: Server, place: str) -> None:
    assert refused(server, send(b"", 303, Location=place)).code == "own.status"
    assert len(server.asked) == 1


def test_a_refusal_is_told_and_not_asked_again(server: Server) -> None:
    assert refused(server, say(None, refusal="Dat doe ik niet.")).code == "own.refused"
    assert refused(server, say("", finish="content_filter")).code == "own.refused"
    assert len(server.asked) == 2


def test_an_answer_that_was_cut_off_is_told(server: Server) -> None:
    assert refused(server, say('{"found": [{"quo', finish="length")).code == "own.cut"


def test_a_server_that_is_silent_too_long_is_told(server: Server) -> None:
    def wait(handler: BaseHTTPRequestHandler) -> None:
        server.stopped.wait(20)

    problem = refused(server, wait, timeout_s=0.3, retries=0)
    assert (problem.code, problem.values["seconds"]) == ("own.slow", "0.3")


def test_a_server_that_answers_drop_by_drop_is_told(server: Server) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while not server.stopped.wait(0.05):
            handler.wfile.write(b" ")
            handler.wfile.flush()

    assert refused(server, drip, timeout_s=0.5, retries=0).code == "own.slow"


def test_a_server_that_hangs_up_is_told(server: Server) -> None:
    assert refused(server, lambda handler: handler.connection.close()).code == "own.unreachable"


def test_a_server_whose_headers_do_not_end_is_told(server: Server) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.connection.sendall(b"HTTP/1.1 200 OK\r\n")
        while not server.stopped.wait(0.05):
            handler.connection.sendall(b"X: y\r\n" if len(server.asked) > 1 else b"Y")

    begin = time.monotonic()
    assert refused(server, drip, timeout_s=0.5, retries=0).code == "own.slow"
    assert time.monotonic() - begin < 10


@pytest.mark.parametrize("body", [b"[" * 100_000, b'{"choices":' * 100_000])
def test_an_answer_that_is_nested_without_end_is_told(server: Server, body: bytes) -> None:
    assert refused(server, send(body)).code == "own.answer"


def test_what_a_server_says_is_told_on_one_short_line(server: Server) -> None:
    def talk(handler: BaseHTTPRequestHandler) -> None:
        handler.connection.sendall(b"no\x1b[31m HTTP\r" + b"x" * 5000 + b"\r\n")

    problem = refused(server, talk)
    assert problem.code == "own.unreachable"
    assert str(problem.values["reason"]).isprintable()
    assert len(str(problem.values["reason"])) <= 200


def test_an_answer_without_end_is_told(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chat, "_LARGEST", 1000)
    assert refused(server, send(b" " * 5000)).code == "own.unreachable"


def test_a_server_that_does_not_run_is_told() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
    with pytest.raises(ModelError) as caught:
        read(swapped("decisions", "endpoint", url=url, model="klein", retries=0))
    assert caught.value.code == "own.unreachable"
    assert url in str(caught.value)


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"url": ""}, "own.url"),
        ({"url": "localhost:11434/v1"}, "own.url"),
        ({"url": "file:///etc/passwd"}, "own.url"),
        ({"url": "http://localhost:many/v1"}, "own.url"),
        ({"url": "http://an:geheim@localhost/v1"}, "own.url"),
        ({"url": "http://models.example.org/v1"}, "own.host"),
        ({"url": "http://localhost.example.org/v1"}, "own.host"),
        ({"url": "http://127.0.0.1.example.org/v1"}, "own.host"),
        ({"url": "http://192.168.1.7/v1"}, "own.host"),
        ({"url": "http://0.0.0.0/v1"}, "own.host"),
        ({"model": ""}, "own.value"),
        ({"timeout_s": 0.0}, "own.value"),
        ({"timeout_s": 1e300}, "own.value"),
        ({"timeout_s": float("nan")}, "pipeline.options"),
        ({"timeout_s": float("inf")}, "pipeline.options"),
        ({"url": datetime.date(2026, 4, 3)}, "pipeline.options"),
        ({"retries": 6}, "own.value"),
        ({"retries": -1}, "own.value"),
        ({"characters": 0}, "own.value"),
        ({"labels": {}}, "pipeline.options"),
        ({"timeout_s": "long"}, "pipeline.options"),
    ],
)
def test_what_does_not_fit_is_told_before_anything_is_sent(
    monkeypatch: pytest.MonkeyPatch, options: dict[str, Any], code: str
) -> None:
    monkeypatch.setattr(socket, "socket", None)
    with pytest.raises(ExtractionError) as caught:
        read(swapped("decisions", "endpoint", **{"url": "http://localhost/v1", "model": "klein", **options}))
    assert caught.value.code == code


@pytest.mark.parametrize("url", ["http://localhost:1/v1", "http://127.0.0.1/v1", "http://[::1]:8080/v1"])
def test_this_computer_is_allowed(url: str) -> None:
    chat.check_address("decisions", url, [])


def test_another_host_is_allowed_if_it_is_named() -> None:
    chat.check_address("decisions", "https://Models.example.org/v1", ["models.example.org"])


def test_a_proxy_of_the_environment_is_not_used(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://proxy.invalid:3128")
    monkeypatch.delenv("no_proxy", raising=False)
    assert ask(server, "decisions", say([])).decisions == ()
