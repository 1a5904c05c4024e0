import pytest

from dripper.errors import MailboxError
from dripper.outbox.rehearsal import check_rehearsal
from dripper.workspace.model.address import Sender
from dripper.workspace.model.settings import Mailbox


def mailbox(*, rehearsal: bool) -> Mailbox:
    return Mailbox(from_=Sender("dana@north.example"), rehearsal=rehearsal)


@pytest.mark.parametrize("rehearsal", [True, False])
def test_a_mailbox_serves_what_it_is_for(rehearsal: bool) -> None:
    check_rehearsal("dana", mailbox(rehearsal=rehearsal), rehearsal=rehearsal)


@pytest.mark.parametrize(
    ("rehearsal", "cure"),
    [(True, "write `rehearsal = true`"), (False, "take the mark away")],
    ids=["rehearsal", "real"],
)
def test_a_mailbox_refuses_what_it_is_not_for(rehearsal: bool, cure: str) -> None:
    with pytest.raises(MailboxError) as refused:
        check_rehearsal("dana", mailbox(rehearsal=not rehearsal), rehearsal=rehearsal)

    assert cure in refused.value.cure
