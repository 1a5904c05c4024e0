"""A mail server that takes everything and keeps nothing, for machines without Postfix's `smtp-sink`."""

from __future__ import annotations

import asyncio
import sys


class Sink(asyncio.Protocol):
    """One connection."""

    def __init__(self) -> None:
        self._given = b""
        self._in_text = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Greet."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.write(b"220 sink ESMTP\r\n")

    def data_received(self, data: bytes) -> None:
        """Answer each whole command, and each whole text."""
        self._given += data
        said: list[bytes] = []
        while True:
            end = b"\r\n.\r\n" if self._in_text else b"\r\n"
            taken, found, rest = self._given.partition(end)
            if not found:
                break
            self._given = rest
            said.append(self._answer(taken))
        self._transport.write(b"".join(said))

    def _answer(self, taken: bytes) -> bytes:
        if self._in_text:
            self._in_text = False
            return b"250 2.0.0 Ok\r\n"
        verb = taken[:4].upper()
        self._in_text = verb == b"DATA"
        if verb == b"EHLO":
            return b"250-sink\r\n250-PIPELINING\r\n250 8BITMIME\r\n"
        return {b"DATA": b"354 End data with <CR><LF>.<CR><LF>\r\n", b"QUIT": b"221 Bye\r\n"}.get(verb, b"250 Ok\r\n")


async def serve(port: int) -> None:
    server = await asyncio.get_running_loop().create_server(Sink, "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
