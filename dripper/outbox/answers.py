"""From what aiosmtplib returns or raises to an `Answer`: the phase it happened in, and a harmless line of text."""

from __future__ import annotations

import re
import ssl

import aiosmtplib

from dripper.drip.outcome import Answer, Phase, Silence

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")
_LONGEST_REPLY_CHARS = 500


def answer_of_reply(phase: Phase, code: int, text: str) -> Answer:
    """Return the server's reply as an answer; a code that SMTP does not know is garbage."""
    line = one_line(text)
    if not 200 <= code <= 599:
        return Answer(phase=phase, silence=Silence.GARBAGE, text=f"the server said '{code} {line}'")
    return Answer(phase=phase, code=code, text=line)


def answer_of_error(phase: Phase, error: Exception) -> Answer:
    """Return what an exception of the wire stands for."""
    if isinstance(error, aiosmtplib.SMTPResponseException):
        return answer_of_reply(phase, error.code, error.message)
    text = one_line(str(error)) or type(error).__name__
    return Answer(phase=phase, silence=_silence_of(phase, error), text=text)


def _silence_of(phase: Phase, error: Exception) -> Silence:
    if isinstance(error, ssl.SSLError) or isinstance(error.__cause__, ssl.SSLError):
        return Silence.INSECURE
    if isinstance(error, TimeoutError):
        return Silence.TIMEOUT
    if isinstance(error, aiosmtplib.SMTPServerDisconnected | OSError):
        return Silence.LOST
    return Silence.UNABLE if phase in (Phase.AUTH, Phase.TLS) else Silence.GARBAGE


def one_line(text: str) -> str:
    """Return a server's words on one line, without control characters and not endless."""
    return _CONTROL.sub(" ", text).strip()[:_LONGEST_REPLY_CHARS]
