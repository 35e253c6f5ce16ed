import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from sync_engine import HttpTransport, Request, TransportError
from sync_engine import transport as transport_module

Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def listening(talk: Talk) -> AsyncIterator[str]:
    """A server that says exactly what it is told to."""

    async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await talk(reader, writer)
        writer.close()

    server = await asyncio.start_server(meet, "127.0.0.1", 0)
    async with server:
        host, port = server.sockets[0].getsockname()
        yield f"http://{host}:{port}"


def saying(answer: bytes, heard: list[bytes] | None = None) -> Talk:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(
            (int(line.split(b":")[1]) for line in head.split(b"\r\n") if b"ontent-Length" in line), 0
        )
        body = await reader.readexactly(length)
        if heard is not None:
            heard.append(head + body)
        writer.write(answer)
        await writer.drain()

    return talk


async def test_a_request_arrives_as_it_was_written_and_the_answer_comes_back() -> None:
    heard: list[bytes] = []
    good = b"HTTP/1.1 201 Created\r\nLINK: <x>\r\nContent-Length: 2\r\n\r\n{}"
    async with listening(saying(good, heard)) as base, HttpTransport() as transport:
        answer = await transport.send(
            Request(
                "PUT",
                f"{base}/a%2Fb",
                (("type[]", "A B"), ("type[]", "C")),
                {"Authorization": "Bearer t"},
                json_body={"n": "ü"},
            )
        )
    assert (answer.status, answer.headers["link"], answer.json()) == (201, "<x>", {})
    assert heard[0].startswith(b"PUT /a%2Fb?type%5B%5D=A+B&type%5B%5D=C HTTP/1.1\r\n")
    assert b"Authorization: Bearer t\r\n" in heard[0]
    assert heard[0].endswith(b'{"n": "\\u00fc"}')


async def test_a_followed_link_is_sent_byte_for_byte() -> None:
    heard: list[bytes] = []
    async with (
        listening(saying(b"HTTP/1.1 204 No Content\r\n\r\n", heard)) as base,
        HttpTransport() as transport,
    ):
        await transport.send(Request("GET", f"{base}/x?page=bookmark:WzFd%3D&include[]=a"))
    assert heard[0].startswith(b"GET /x?page=bookmark:WzFd%3D&include[]=a HTTP/1.1\r\n")


async def test_a_form_is_sent_as_one() -> None:
    heard: list[bytes] = []
    async with (
        listening(saying(b"HTTP/1.1 204 No Content\r\n\r\n", heard)) as base,
        HttpTransport() as transport,
    ):
        await transport.send(Request("POST", base, form=(("grant_type", "client_credentials"),)))
    assert b"application/x-www-form-urlencoded" in heard[0]
    assert heard[0].endswith(b"grant_type=client_credentials")


async def test_redirects_are_answers_and_are_not_followed() -> None:
    moved = b"HTTP/1.1 302 Found\r\nLocation: http://elsewhere.test/\r\nContent-Length: 0\r\n\r\n"
    async with listening(saying(moved)) as base, HttpTransport() as transport:
        assert (await transport.send(Request("GET", base))).status == 302


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"nonsense\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc",
    ],
)
async def test_an_answer_that_breaks_off_is_no_answer(broken: bytes) -> None:
    async with listening(saying(broken)) as base, HttpTransport() as transport:
        with pytest.raises(TransportError, match=r"\w"):
            await transport.send(Request("GET", base))


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "POST"])
async def test_a_request_whose_connection_breaks_is_sent_once_and_not_repeated_here(method: str) -> None:
    heard: list[bytes] = []
    async with listening(saying(b"", heard)) as base, HttpTransport() as transport:
        with pytest.raises(TransportError, match="cut off"):
            await transport.send(Request(method, base))
    assert len(heard) == 1


async def test_an_answer_without_an_end_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport_module, "ANSWER_BYTES_MAX", 100)
    flood = b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" + b"x" * 1000
    async with listening(saying(flood)) as base, HttpTransport() as transport:
        with pytest.raises(TransportError, match="larger"):
            await transport.send(Request("GET", base))


async def test_a_server_that_never_answers_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport_module, "ANSWER_SECONDS_MAX", 0.05)
    done = asyncio.Event()

    async def keep_silent(_reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
        await done.wait()

    async with listening(keep_silent) as base, HttpTransport() as transport:
        with pytest.raises(TransportError, match="in time"):
            await transport.send(Request("GET", base))
        done.set()


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://127.0.0.1:9/", "refused"),
        ("http://", "no web address"),
        ("http://no.host.invalid/", "no host"),
    ],
)
async def test_an_address_that_leads_nowhere_says_why(url: str, words: str) -> None:
    async with HttpTransport() as transport:
        with pytest.raises(TransportError, match=words):
            await transport.send(Request("GET", url))


async def test_a_server_that_speaks_no_tls_says_so() -> None:
    async def answer_at_once(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        await writer.drain()

    async with listening(answer_at_once) as base, HttpTransport() as transport:
        with pytest.raises(TransportError, match="TLS"):
            await transport.send(Request("GET", base.replace("http:", "https:")))
