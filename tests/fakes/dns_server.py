"""A name server for tests, on the loopback: it knows some texts, and may be told to refuse or to say nothing."""

from __future__ import annotations

import socket
from collections.abc import Mapping, Sequence
from threading import Thread
from typing import Self

import dns.flags
import dns.message
import dns.rcode
import dns.rrset

HOST = "127.0.0.1"
# Instead of texts: never answer, or say that one cannot (SERVFAIL).
MUTE, FAILS = "never answer", "servfail"


class NameServer:
    """Answers for TXT over UDP while the `with` block lasts; a name that it does not know does not exist."""

    def __init__(self, records: Mapping[str, Sequence[str] | str]) -> None:
        self._records = records
        self.asked: list[str] = []
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind((HOST, 0))
        self.address = f"{HOST}:{self._socket.getsockname()[1]}"
        self._thread = Thread(target=self._serve, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.sendto(b"", self._socket.getsockname())
        self._thread.join()
        self._socket.close()

    def _serve(self) -> None:
        while True:
            data, sender = self._socket.recvfrom(4096)
            if not data:
                return
            answer = self._answer(dns.message.from_wire(data))
            if answer is not None:
                self._socket.sendto(answer.to_wire(), sender)

    def _answer(self, query: dns.message.Message) -> dns.message.Message | None:
        question = query.question[0]
        name = question.name.to_text(omit_final_dot=True)
        self.asked.append(name)
        known = self._records.get(name)
        if known == MUTE:
            return None
        answer = dns.message.make_response(query)
        answer.flags |= dns.flags.RA
        if known is None or known == FAILS:
            answer.set_rcode(dns.rcode.NXDOMAIN if known is None else dns.rcode.SERVFAIL)
        elif not isinstance(known, str) and known:
            # A text goes in pieces of at most 255 octets (RFC 1035 §3.3).
            pieces = [" ".join(f'"{text[at : at + 255]}"' for at in range(0, len(text), 255)) for text in known]
            answer.answer.append(dns.rrset.from_text(question.name, 60, "IN", "TXT", *pieces))
        return answer
