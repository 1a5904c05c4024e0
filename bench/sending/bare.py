"""Bare aiosmtplib: ready bytes by `sendmail` over pooled connections; prints the seconds, connecting included."""

from __future__ import annotations

import asyncio
import sys
import time

import aiosmtplib


async def send(port: int, count: int, connections: int, content: bytes) -> None:
    async def line(numbers: range) -> None:
        client = aiosmtplib.SMTP(hostname="127.0.0.1", port=port, start_tls=False)
        await client.connect()
        for number in numbers:
            await client.sendmail("dana@north.example", f"c{number}@acme.example", content)
        await client.quit()

    await asyncio.gather(*(line(range(first, count, connections)) for first in range(connections)))


def main() -> None:
    port, count, connections = map(int, sys.argv[1:4])
    content = sys.stdin.buffer.read()
    start = time.perf_counter()
    asyncio.run(send(port, count, connections, content))
    print(time.perf_counter() - start)


if __name__ == "__main__":
    main()
