"""What is written down around the tries of a mailbox: the outcomes of the last ones and the intents of the next.

All of a group go the straight way together, in a few statements. What turns out to be no more as its worker knew it, or
had another outcome than "accepted", is settled by itself (`record`), and undoes nothing of the others.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Self, TypeVar

from sqlalchemy.exc import SQLAlchemyError

from dripper.drip.delivery import State
from dripper.drip.outcome import ACCEPTED, outcome_of
from dripper.drip.sending import Handled
from dripper.outbox import record
from dripper.outbox.store import mailboxes, posting
from dripper.outbox.store.deliveries import StaleDeliveryError
from dripper.outbox.store.mailboxes import Condition
from dripper.outbox.store.posting import Accepted, Begun, Placed

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from dripper.drip.outcome import Answer, Outcome
    from dripper.outbox.approved import Approved
    from dripper.outbox.letters import Letter
    from dripper.outbox.store.deliveries import Delivery

log = logging.getLogger(__name__)
Item = TypeVar("Item")


class CrookedError(Exception):
    """One of a group is no more as its worker knew it."""


class Try(NamedTuple):
    """A letter that was tried: when that began, and how it ended."""

    letter: Letter
    begun_at: datetime
    answer: Answer
    outcome: Outcome

    @classmethod
    def of(cls, letter: Letter, begun_at: datetime, answer: Answer) -> Self:
        """Return a try that ended with `answer`."""
        return cls(letter, begun_at, answer, outcome_of(answer))

    @property
    def is_straight(self) -> bool:
        """Whether it was accepted, and its enrolment just goes on."""
        letter = self.letter
        return self.outcome is ACCEPTED and letter.claim.onward is not None and letter.composed.data.isascii()

    @property
    def accepted(self) -> Accepted:
        """Return what is written down of one that is straight."""
        claim = self.letter.claim
        row = claim.delivery
        assert claim.onward is not None
        return Accepted(
            row.id,
            row.token,
            row.attempts + 1,
            self.answer.code or 0,
            self.answer.text,
            self.letter.composed.data.decode("ascii"),
            claim.onward,
            Placed(row.campaign, row.contact, claim.revision.number),
        )

    @property
    def delivery(self) -> Delivery:
        """Return the row as it was while it was tried."""
        claim = self.letter.claim
        trying = record.trying(claim, self.letter.composed.message_id, now=self.begun_at)
        return claim.delivery._replace(state=State.ATTEMPTING, changed_at=self.begun_at, **trying)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What became of a group."""

    handled: tuple[Handled, ...]
    # What may be handed over now.
    begun: tuple[Letter, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The tries of one mailbox that ended, and the letters that are to be tried next."""

    approved: Approved
    mailbox: str
    ended: Sequence[Try]
    next: Sequence[Letter]
    now: datetime

    def write(self, connection: Connection) -> Written:
        """Write everything down; what could not begin has been given back, or stopped with its reason."""
        letters = [*(one.letter for one in self.ended), *self.next]
        is_troubled = posting.hold(connection, self.mailbox, (letter.claim.enrolment.contact for letter in letters))
        ended, crooked = (
            [one for one in self.ended if one.is_straight],
            [one for one in self.ended if not one.is_straight],
        )
        condition = self._condition(connection, works=bool(ended)) if is_troubled else Condition(name=self.mailbox)
        begun = self._free(connection, condition)
        if (ended or begun) and not _together(connection, lambda: self._settle(connection, ended, begun)):
            ended, crooked, begun = [], list(self.ended), []
        done = [sent(one, at=self.now) for one in ended]
        done += one_by_one(connection, crooked, self._conclude_one)
        ids = {letter.claim.delivery.id for letter in begun}
        for letter in self.next:
            if letter.claim.delivery.id in ids:
                continue
            for one in one_by_one(connection, [letter], self._intend_one):
                if one.state is State.ATTEMPTING:
                    begun.append(letter)
                else:
                    done.append(one)
        return Written(handled=tuple(done), begun=tuple(begun))

    def _condition(self, connection: Connection, *, works: bool) -> Condition:
        """Return how the mailbox is; where it `works` by what just happened, its failures are over."""
        condition = mailboxes.get(connection, self.mailbox)
        if works and condition.failures:
            mailboxes.well(connection, self.mailbox)
            condition = mailboxes.get(connection, self.mailbox)
        return condition

    def _free(self, connection: Connection, condition: Condition) -> list[Letter]:
        """Return the letters against which nothing has come up since they were claimed."""
        if not self.next:
            return []
        claims = [letter.claim for letter in self.next]
        people = Counter(claim.enrolment.contact for claim in claims)
        wanted = [claim for claim in claims if people[claim.enrolment.contact] == 1]
        free = record.still_free(connection, self.approved, condition, wanted, now=self.now)
        ids = {claim.delivery.id for claim in free}
        return [letter for letter in self.next if letter.claim.delivery.id in ids]

    def _settle(self, connection: Connection, ended: Sequence[Try], begun: Sequence[Letter]) -> bool:
        tries = [Begun(one.claim.delivery.id, one.claim.delivery.token, one.composed.message_id) for one in begun]
        return posting.settle(connection, [one.accepted for one in ended], tries, at=self.now)

    def _conclude_one(self, connection: Connection, one: Try) -> Delivery:
        letter = one.letter
        return record.conclude(
            connection, letter.claim, one.delivery, one.answer, content=letter.composed.data, now=self.now
        )

    def _intend_one(self, connection: Connection, letter: Letter) -> Delivery | None:
        message_id = letter.composed.message_id
        return record.intend(connection, self.approved, letter.claim, message_id=message_id, now=self.now)


def sent(one: Try, *, at: datetime) -> Handled:
    """Return what is told of a try that a server said yes to."""
    row = one.letter.claim.delivery
    return Handled(
        campaign=row.campaign,
        message=row.message,
        contact=row.contact,
        mailbox=row.mailbox,
        state=State.SENT,
        message_id=one.letter.composed.message_id,
        code=one.answer.code,
        reply=one.answer.text,
        at=at,
    )


def _together(connection: Connection, work: Callable[[], bool]) -> bool:
    """Do `work`; undo it and return `False` where it says so.

    At first all that the transaction does is undone with it, by `CrookedError`: it comes so seldom that no savepoint is
    made for it until the recorder has all of it done again, each part in a savepoint.
    """
    if not connection.in_nested_transaction():
        if not work():
            raise CrookedError
        return True
    part = connection.begin_nested()
    if work():
        part.commit()
        return True
    part.rollback()
    return False


def one_by_one(
    connection: Connection, items: Iterable[Item], work: Callable[[Connection, Item], Delivery | None]
) -> list[Handled]:
    """Settle each by itself and return how it was left; whoever lost a claim in the meantime has nothing to settle."""
    handled = []
    for item in items:
        part = connection.begin_nested()
        try:
            row = work(connection, item)
        except SQLAlchemyError:
            raise
        except StaleDeliveryError:
            part.rollback()
        except Exception:
            part.rollback()
            log.exception("a delivery could not be settled")
        else:
            part.commit()
            if row is not None:
                handled.append(row.handled)
    return handled
