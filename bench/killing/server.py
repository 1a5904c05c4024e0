"""A mail server that takes everything, is a little slow at each step, and logs each step as it is reached.

    python bench/killing/server.py PORT_FILE LOG SEED DELAY_S

A line of the log: the monotonic time, the number of the connection, the step, and after `TAKEN` the Message-ID. `CUT`
is logged at the very moment at which a client goes without QUIT; what it had said before is still worked off, as by any
mail server. Half of the connections offer PIPELINING. It ends with its stdin, and so with the process that has it.
"""

from __future__ import annotations

import asyncio
import itertools
import random
import re
import sys
import time
from pathlib import Path
from typing import TextIO

_REPLIES = {
    "CONNECT": "220 slow.example ESMTP",
    "EHLO": "250-slow.example\r\n{offer}250 ENHANCEDSTATUSCODES",
    "MAIL": "250 2.1.0 fine",
    "RCPT": "250 2.1.5 fine",
    "DATA": "354 go on",
    "DOT": "250 2.0.0 taken",
    "RSET": "250 2.0.0 forgotten",
    "QUIT": "221 2.0.0 bye",
}


class Talk:
    """One connection."""

    def __init__(self, number: int, log: TextIO, chance: random.Random, delay_s: float) -> None:
        self._number = number
        self._log = log
        self._chance = chance
        self._delay_s = delay_s
        self._offer = chance.choice(["250-PIPELINING\r\n", ""])
        self._has_ended = False

    def gone(self) -> None:
        """Note that nothing more will come."""
        if not self._has_ended:
            self._has_ended = True
            self._note("CUT")

    async def run(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Talk until the client goes."""
        try:
            await self._answer("CONNECT", writer)
            while line := await reader.readline():
                verb = line[:4].decode("ascii", "replace").upper().strip()
                self._has_ended |= verb == "QUIT"
                await self._answer(verb, writer)
                if verb == "DATA":
                    await self._take(reader)
                    await self._answer("DOT", writer)
                    self._note("BETWEEN")
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    async def _take(self, reader: asyncio.StreamReader) -> None:
        first = await reader.readuntil(b"\r\n")
        await self._reach("BODY")
        text = first + await reader.readuntil(b"\r\n.\r\n")
        await self._reach("DOT")
        found = re.search(rb"^Message-ID: (\S+)", text, re.MULTILINE | re.IGNORECASE)
        self._note("TAKEN", found[1].decode() if found else "?")

    async def _answer(self, step: str, writer: asyncio.StreamWriter) -> None:
        if step != "DOT":
            await self._reach(step)
        writer.write(_REPLIES.get(step, "500 5.5.1 what?").format(offer=self._offer).encode() + b"\r\n")
        await writer.drain()

    async def _reach(self, step: str) -> None:
        self._note(step)
        await asyncio.sleep(self._chance.uniform(0, self._delay_s))

    def _note(self, step: str, detail: str = "") -> None:
        self._log.write(f"{time.monotonic():.6f} {self._number} {step} {detail}".rstrip() + "\n")


class Line(asyncio.StreamReaderProtocol):
    """Tells a talk at once when its client goes, whatever the talk is busy with."""

    def __init__(self, talk: Talk) -> None:
        super().__init__(asyncio.StreamReader(), talk.run)
        self._talk = talk

    def eof_received(self) -> bool | None:
        """Note the end of what the client says."""
        self._talk.gone()
        return super().eof_received()

    def connection_lost(self, exc: Exception | None) -> None:
        """Note the end of the connection."""
        self._talk.gone()
        super().connection_lost(exc)


async def serve(port_file: Path, log: TextIO, seed: str, delay_s: float) -> None:
    numbers = itertools.count(1)

    def line() -> Line:
        number = next(numbers)
        return Line(Talk(number, log, random.Random(f"{seed} {number}"), delay_s))

    server = await asyncio.get_running_loop().create_server(line, "127.0.0.1", 0)
    port_file.with_suffix(".new").write_text(str(server.sockets[0].getsockname()[1]))
    port_file.with_suffix(".new").rename(port_file)
    await asyncio.to_thread(sys.stdin.read)
    server.close()


def main() -> None:
    port_file, path, seed, delay_s = sys.argv[1:]
    with Path(path).open("w", buffering=1) as log:
        asyncio.run(serve(Path(port_file), log, seed, float(delay_s)))


if __name__ == "__main__":
    main()
