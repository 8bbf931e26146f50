"""A language model behind an OpenAI-compatible endpoint: one question, one checked answer."""

from __future__ import annotations

import ipaddress
import json
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import quote, urlsplit

from minutes_nlp.errors import ExtractionError, ModelError

if TYPE_CHECKING:
    import http.client
    import socket

_T = TypeVar("_T")
_LARGEST = 4_000_000  # bytes of an answer
_REASON = 200  # characters of what a server says, in a message
_OF_PATHS = "/%:@!$&'()*+,;=~"
_FIRST_ERROR = 300  # no status from here on brings an answer; redirects are among them
_PIECE = 65_536
_PAUSE = 0.2  # seconds before another try, twice as long each time
_BUSY = frozenset({408, 429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where the model answers and how long it may take.

    Attributes:
        url: up to and including the version, `http://localhost:11434/v1`.
        model: its name there.
        timeout_s: how many seconds one answer may take.
        retries: how often a question is asked again after a failure that may pass.
        key: sent as the bearer token; empty: none.
    """

    url: str
    model: str
    timeout_s: float
    retries: int
    key: str = ""


def check_address(part: str, url: str, allowed: Sequence[str]) -> None:
    """Make sure that the minutes go nowhere but to this computer, or to a host that the settings allow.

    Raises:
        ExtractionError: the address is none, or that of a host that is not allowed.
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if not host or parts.scheme not in ("http", "https") or parts.username or parts.query or parts.fragment:
        raise ExtractionError(
            "own.url",
            f"The address of the model for {part} is none: {url or 'no url'}.",
            f"Give it as url in [pipeline.options.{part}], such as http://localhost:11434/v1.",
            part=part,
            url=url or "–",
        )
    if not _is_here(host) and host not in {entry.casefold() for entry in allowed}:
        raise ExtractionError(
            "own.host",
            f"The minutes would leave this computer: {host} is another one.",
            f"If that is what you want, name it in allowed_hosts of [pipeline.options.{part}].",
            host=host,
            part=part,
        )


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def ask(
    endpoint: Endpoint,
    messages: Sequence[Mapping[str, str]],
    schema: Mapping[str, Any],
    read: Callable[[str], _T],
    *,
    sleep: Callable[[float], None] = time.sleep,
) -> _T:
    """What the model answers, read by `read`.

    Args:
        endpoint: whom to ask.
        messages: the question, as the protocol wants it.
        schema: the JSON schema that the answer must fit.
        read: makes of the answer what is wanted; raises `ValueError` if it does not fit.
        sleep: waits some seconds before another try.

    Raises:
        ModelError: no answer, one that came too late, a refusal, or one that does not fit, after the last try.
    """
    body = {
        "model": endpoint.model,
        "messages": list(messages),
        "temperature": 0,
        "stream": False,
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "answer", "strict": True, "schema": schema},
        },
    }
    for attempt in range(endpoint.retries + 1):
        try:
            return _once(endpoint, json.dumps(body).encode(), read)
        except _PassingError as problem:
            if attempt == endpoint.retries:
                raise problem.told from problem.__cause__
            sleep(_PAUSE * 2**attempt)
    raise AssertionError("a last try ends in an answer or an error")


class _PassingError(Exception):
    """A failure that another try may mend."""

    def __init__(self, told: ModelError) -> None:
        super().__init__(str(told))
        self.told = told


def _once(endpoint: Endpoint, body: bytes, read: Callable[[str], _T]) -> _T:
    content = _content(endpoint, _post(endpoint, body))
    try:
        return read(content)
    except ValueError as error:
        raise _PassingError(_unfit(endpoint, str(error))) from error


def _content(endpoint: Endpoint, answer: bytes) -> str:
    """The text of the message in an answer."""
    try:
        choice = json.loads(answer)["choices"][0]
        message, reason = choice["message"], choice.get("finish_reason")
        content, refusal = message.get("content"), message.get("refusal")
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise _PassingError(_unfit(endpoint, "no message in it")) from error
    if refusal or reason == "content_filter":
        raise ModelError(
            "own.refused",
            f"The model {endpoint.model} refuses to answer.",
            "Choose another model, or take the part out of [pipeline.recognisers]. The file stays where it is.",
            model=endpoint.model,
        )
    if reason == "length":
        raise ModelError(
            "own.cut",
            f"The answer of {endpoint.model} was cut off: it was longer than the server allows.",
            "Let the server answer longer, or send shorter parts (option characters). The file stays where it is.",
            model=endpoint.model,
        )
    if not isinstance(content, str):
        raise _PassingError(_unfit(endpoint, "no text in it"))
    return content


def _post(endpoint: Endpoint, body: bytes) -> bytes:
    """The body of the server's answer; no proxy is used, and no redirect followed."""
    import http.client

    stop = time.monotonic() + endpoint.timeout_s
    connection = _connection(endpoint)
    watch: threading.Timer | None = None
    try:
        connection.connect()
        watch = threading.Timer(stop - time.monotonic(), _hang_up, (connection.sock,))
        watch.daemon = True
        watch.start()
        connection.request("POST", _path(endpoint), body, _headers(endpoint))
        response = connection.getresponse()
        if response.status >= _FIRST_ERROR:
            raise _status(endpoint, response.status, response.reason)
        answer = _read(response)
        if time.monotonic() > stop:
            raise TimeoutError
        return answer
    except (OSError, http.client.HTTPException) as error:
        late = isinstance(error, TimeoutError) or time.monotonic() > stop
        raise _PassingError(_slow(endpoint) if late else _silent(endpoint, error)) from error
    finally:
        if watch is not None:
            watch.cancel()
        connection.close()


def _connection(endpoint: Endpoint) -> http.client.HTTPConnection:
    import http.client

    address = urlsplit(endpoint.url)
    kind = http.client.HTTPSConnection if address.scheme == "https" else http.client.HTTPConnection
    return kind(address.hostname or "", address.port, timeout=endpoint.timeout_s)


def _path(endpoint: Endpoint) -> str:
    return quote(f"{urlsplit(endpoint.url).path.rstrip('/')}/chat/completions", safe=_OF_PATHS)


def _headers(endpoint: Endpoint) -> dict[str, str]:
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    return headers | ({"Authorization": f"Bearer {endpoint.key}"} if endpoint.key else {})


def _hang_up(connected: socket.socket) -> None:
    """End a connection whose time is up, whatever still comes in, headers too."""
    import contextlib
    import socket

    with contextlib.suppress(OSError):
        connected.shutdown(socket.SHUT_RDWR)


def _status(endpoint: Endpoint, status: int, reason: str) -> Exception:
    """The error for an answer that is none; one that another try may mend is a passing one."""
    told = ModelError(
        "own.status",
        f"{endpoint.url} answers with the error {status} ({_plain(reason)}).",
        f"See whether it knows the model {endpoint.model}, and what its log says. The file stays where it is.",
        url=endpoint.url,
        status=status,
        reason=_plain(reason),
        model=endpoint.model,
    )
    return _PassingError(told) if status in _BUSY else told


def _plain(reason: str) -> str:
    """What a server or the system says, on one line of a length that can be read."""
    return " ".join("".join(c if c.isprintable() else " " for c in reason).split())[:_REASON]


def _read(response: http.client.HTTPResponse) -> bytes:
    pieces: list[bytes] = []
    size = 0
    while piece := response.read1(_PIECE):
        pieces.append(piece)
        size += len(piece)
        if size > _LARGEST:
            raise OSError(f"more than {_LARGEST} bytes")
    return b"".join(pieces)


def _slow(endpoint: Endpoint) -> ModelError:
    return ModelError(
        "own.slow",
        f"{endpoint.url} did not answer within {endpoint.timeout_s:g} seconds.",
        "Give it longer (option timeout_s), or send shorter parts (option characters). The file stays where it is.",
        url=endpoint.url,
        seconds=f"{endpoint.timeout_s:g}",
    )


def _silent(endpoint: Endpoint, reason: Exception) -> ModelError:
    told = _plain(getattr(reason, "strerror", None) or str(reason)) or type(reason).__name__
    return ModelError(
        "own.unreachable",
        f"{endpoint.url} cannot be reached: {told}.",
        "Start the server of the model, or correct url in minutes.toml. The file stays where it is.",
        url=endpoint.url,
        reason=told,
    )


def _unfit(endpoint: Endpoint, reason: str) -> ModelError:
    return ModelError(
        "own.answer",
        f"The answer of {endpoint.model} is not what was asked for: {reason}.",
        "Use a server that keeps to a JSON schema, or another model. The file stays where it is.",
        model=endpoint.model,
        reason=reason,
    )
