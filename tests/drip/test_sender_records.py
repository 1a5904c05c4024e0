import pytest
from hypothesis import given
from hypothesis import strategies as st

from dripper.drip import sender_records
from dripper.drip.checkup import Check, Topic, Verdict

TOPIC = Topic(subject="mailbox dana")
DOMAIN = "north.example"


@pytest.mark.parametrize(
    ("records", "verdict", "said"),
    [
        (["v=spf1 include:spf.mail.example -all"], Verdict.OK, "include:spf.mail.example"),
        (["google-site=1", "V=SPF1 mx ~all"], Verdict.OK, "mx"),
        (["v=spf1"], Verdict.OK, "v=spf1"),
        ([], Verdict.PROBLEM, "does not say which servers"),
        (["v=spf10 mx -all", "spf1 mx"], Verdict.PROBLEM, "does not say which servers"),
        (["v=spf1 mx -all", "v=spf1 a -all"], Verdict.PROBLEM, "2 SPF records"),
        (["v=spf1 mx +all"], Verdict.PROBLEM, "everybody"),
        (["v=spf1 mx all"], Verdict.PROBLEM, "everybody"),
        (["v=spf1 " + " ".join(f"include:s{n}.example" for n in range(10)) + " -all"], Verdict.OK, "s9"),
        (["v=spf1 mx " + " ".join(f"include:s{n}.example" for n in range(10)) + " -all"], Verdict.PROBLEM, "11 terms"),
        (["v=spf1 " + " ".join(f"ip4:192.0.2.{n}" for n in range(30)) + " -all"], Verdict.OK, "ip4"),
    ],
)
def test_spf_is_judged(records: list[str], verdict: Verdict, said: str) -> None:
    check = sender_records.spf(TOPIC, DOMAIN, records)

    assert (check.verdict, said in check.text) == (verdict, True)
    assert bool(check.cure) == (verdict is Verdict.PROBLEM)


@pytest.mark.parametrize(
    ("records", "said"),
    [
        ([], "has no key"),
        (["v=spf1 -all"], "has no key"),
        (["v=DKIM1; p="], "is revoked"),
        (["v=DKIM1; p=AAAA", "p=BBBB"], "has 2 keys"),
    ],
)
def test_a_dkim_record_that_cannot_hold_is_a_problem(records: list[str], said: str) -> None:
    check = sender_records.dkim(TOPIC, "drip._domainkey.north.example", records)

    assert isinstance(check, Check)
    assert said in check.text


def test_a_dkim_record_is_found_among_others() -> None:
    assert sender_records.dkim(TOPIC, "x", ["hello", "v=DKIM1; k=rsa; p=AA AA"]) == "v=DKIM1; k=rsa; p=AA AA"


@pytest.mark.parametrize(
    ("records", "verdict"),
    [
        (["v=DMARC1; p=none; rua=mailto:x@north.example"], Verdict.OK),
        (["v=DMARC1;p=REJECT"], Verdict.OK),
        (["v=DMARC1"], Verdict.PROBLEM),
        (["v=DMARC1; p=maybe"], Verdict.PROBLEM),
        (["v=DMARC1; p=none", "v=DMARC1; p=reject"], Verdict.PROBLEM),
        (["v=DMARC2; p=none"], None),
        ([], None),
    ],
)
def test_dmarc_is_judged(records: list[str], verdict: Verdict | None) -> None:
    check = sender_records.dmarc(TOPIC, DOMAIN, records)

    assert (check.verdict if check else None) == verdict


@pytest.mark.parametrize(
    ("domain", "found"),
    [
        ("news.mail.north.example", ["news.mail.north.example", "mail.north.example", "north.example"]),
        ("north.example", ["north.example"]),
        ("localhost", ["localhost"]),
    ],
)
def test_a_policy_may_stand_above(domain: str, found: list[str]) -> None:
    assert sender_records.with_parents(domain) == found


@given(st.lists(st.text() | st.text(alphabet="v=spf1DMARC;p all+include:")))
def test_no_record_of_a_stranger_breaks_it(records: list[str]) -> None:
    for judged in (
        sender_records.spf(TOPIC, DOMAIN, records),
        sender_records.dkim(TOPIC, DOMAIN, records),
        sender_records.dmarc(TOPIC, DOMAIN, records),
    ):
        assert judged is None or judged
