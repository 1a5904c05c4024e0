"""What the DNS says of a sender's domain: SPF (RFC 7208), DKIM (RFC 6376 §3.6.1) and DMARC (RFC 7489), judged."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dripper.drip.checkup import Check, Topic

# RFC 7208 §4.6.4: terms that make the receiver ask again, of which there may be ten.
_ASKS = re.compile(r"[+?~-]?(?:include:|a(?:[:/]|$)|mx(?:[:/]|$)|ptr(?:[:]|$)|exists:)|redirect=", re.IGNORECASE)
_MOST_ASKS = 10


def spf(topic: Topic, domain: str, records: Sequence[str]) -> Check:
    """Judge the TXT records of `domain`."""
    found = [one for one in records if re.match(r"v=spf1( |$)", one, re.IGNORECASE)]
    if not found:
        cure = f'publish for {domain}: TXT "v=spf1 include:… ~all", with the name that your mail provider gives'
        return topic.problem("SPF", f"{domain} does not say which servers may send for it", cure)
    if len(found) > 1:
        return topic.problem("SPF", f"{domain} has {len(found)} SPF records, so none counts", "join them into one")
    terms = found[0].split()[1:]
    if any(term.lower() in ("all", "+all") for term in terms):
        return topic.problem("SPF", "+all lets everybody send for it", "end it with ~all or -all")
    asks = sum(1 for term in terms if _ASKS.match(term))
    if asks > _MOST_ASKS:
        text = f"its {asks} terms need look-ups, and after {_MOST_ASKS} a receiver gives up"
        return topic.problem("SPF", text, "leave out the senders that are no longer used")
    return topic.ok("SPF", found[0])


def dkim(topic: Topic, name: str, records: Sequence[str]) -> Check | str:
    """Judge the TXT records of `name`; return the one that holds the key where all is well so far."""
    found = [one for one in records if "p" in _tags(one)]
    if not found:
        return topic.problem("DKIM", f"{name} has no key", f'publish for {name}: TXT "v=DKIM1; k=rsa; p=…"')
    if len(found) > 1:
        return topic.problem("DKIM", f"{name} has {len(found)} keys, and no receiver knows which", "keep one")
    if not _tags(found[0])["p"]:
        return topic.problem("DKIM", f"the key of {name} is revoked", "take a new selector, with a new key")
    return found[0]


def dmarc(topic: Topic, domain: str, records: Sequence[str]) -> Check | None:
    """Judge the TXT records of `_dmarc.domain`; `None` where none is about DMARC."""
    found = [one for one in records if re.match(r"v\s*=\s*DMARC1\s*(;|$)", one)]
    if not found:
        return None
    if len(found) > 1:
        return topic.problem("DMARC", f"_dmarc.{domain} has {len(found)} records, so none counts", "keep one")
    policy = _tags(found[0]).get("p", "").lower()
    if policy not in ("none", "quarantine", "reject"):
        return topic.problem("DMARC", f"_dmarc.{domain} has no policy that is one", "write p=none, or stricter")
    return topic.ok("DMARC", found[0])


def no_dmarc(topic: Topic, domain: str) -> Check:
    """Return the problem of a domain without DMARC, which large providers ask for."""
    cure = f'publish for _dmarc.{domain}: TXT "v=DMARC1; p=none; rua=mailto:dmarc@{domain}"'
    return topic.problem("DMARC", f"{domain} does not say what to do with what is not signed", cure)


def with_parents(domain: str) -> list[str]:
    """Return where a policy may stand: the domain, then each above it that is no top-level domain."""
    labels = domain.split(".")
    return [".".join(labels[start:]) for start in range(max(1, len(labels) - 1))]


def _tags(record: str) -> dict[str, str]:
    pairs = (one.partition("=") for one in record.split(";") if "=" in one)
    return {name.strip(): "".join(value.split()) for name, _, value in pairs}
