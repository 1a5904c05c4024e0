import smtplib
import threading
from pathlib import Path

import pytest

from dripper.outbox.postbox import HOST, Postbox

MAIL = b"From: a@north.example\r\nTo: b@acme.example\r\nSubject: Hi\r\n\r\n.a dot first\r\nGr\xc3\xbc\xc3\x9fe\r\n"


def test_a_mail_is_kept_byte_for_byte(tmp_path: Path) -> None:
    with Postbox(tmp_path) as box, smtplib.SMTP(HOST, box.port) as client:
        client.sendmail("a@north.example", ["b@acme.example"], MAIL)

    assert [file.name for file in tmp_path.iterdir()] == ["001-b@acme.example.eml"]
    assert (tmp_path / "001-b@acme.example.eml").read_bytes() == MAIL


def test_mails_are_numbered_as_they_came(tmp_path: Path) -> None:
    with Postbox(tmp_path) as box, smtplib.SMTP(HOST, box.port) as client:
        for to in ("z@acme.example", "a@acme.example"):
            client.sendmail("a@north.example", [to], MAIL)

    assert sorted(file.name for file in tmp_path.iterdir()) == ["001-z@acme.example.eml", "002-a@acme.example.eml"]


def test_an_address_cannot_leave_the_folder(tmp_path: Path) -> None:
    with Postbox(tmp_path / "mail") as box, smtplib.SMTP(HOST, box.port) as client:
        client.sendmail("a@north.example", ['"../../x"@acme.example'], MAIL)

    assert [file.parent.name for file in tmp_path.rglob("*.eml")] == ["mail"]


def test_nothing_is_left_running_even_with_an_open_connection(tmp_path: Path) -> None:
    before = threading.active_count()
    with Postbox(tmp_path) as box:
        client = smtplib.SMTP(HOST, box.port)
    assert threading.active_count() == before
    with pytest.raises(OSError, match="refused"):
        smtplib.SMTP(HOST, box.port)
    client.close()
