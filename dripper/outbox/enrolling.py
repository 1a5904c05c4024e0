"""Enrols the recipients of a campaign and stops those who are none any more, block by block, however many they are."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from dripper.drip.plan import enrol
from dripper.errors import DripperError
from dripper.outbox import progress
from dripper.outbox.beginning import Beginnings
from dripper.outbox.readdressing import NO_RECIPIENT, former_of, person_of, take_over
from dripper.outbox.rescheduling import welcome_back
from dripper.outbox.store import enrolments, events, marks
from dripper.outbox.store.enrolments import Enrolment, Progress, blocks
from dripper.outbox.store.events import Happening, Kind
from dripper.workspace.model.workspace import Register

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from dripper.drip.change import Scheduled
    from dripper.workspace.model.campaign import Campaign
    from dripper.workspace.model.workspace import Recipient, Workspace


class Enrolling:
    """The recipients of one campaign as the files name them now, against those that the store knows."""

    def __init__(
        self,
        connection: Connection,
        workspace: Workspace,
        campaign: Campaign,
        done: Scheduled,
        *,
        now: datetime,
        may_be_late: bool,
    ) -> None:
        """Take the campaign as it was frozen; unless it `may_be_late`, `run` raises `UsageError` where it is."""
        self._connection = connection
        self._workspace = workspace
        self._campaign = campaign
        self._done = done
        self._now = now
        self._everybody = workspace.recipients.get(campaign.id, ())
        self._known_count = enrolments.count_of(connection, campaign.id)
        self._beginnings = Beginnings(workspace, campaign, now=now, may_be_late=may_be_late)
        # Those who are in no file of the campaign any more, by person.
        self._vanished: dict[tuple[str, str] | None, list[Enrolment]] = defaultdict(list)

    def run(self) -> None:
        """Enrol who is new or is back, stop who has gone; a long list that is what it was has nobody of either."""
        people, name = self._everybody, f"people of {self._campaign.id}"
        if not isinstance(people, Register):
            self._run()
        elif marks.get(self._connection, name) != people.version or not self._known_count:
            self._run()
            marks.put(self._connection, name, people.version)

    def _run(self) -> None:
        gone = list(self._gone())
        for one in gone:
            self._vanished[person_of(one.account, one.name)].append(one)
        for block in blocks(self._everybody):
            known = self._known(block)
            self._enrol([to for to in block if to.key not in known])
            for one in known.values():
                if one.state is Progress.STOPPED and one.reason == NO_RECIPIENT:
                    self._welcome(one)
        for one in gone:
            if one.state is Progress.ACTIVE:
                progress.stop(self._connection, one, reason=NO_RECIPIENT, at=self._now)
                self._note(one, Kind.STOPPED, NO_RECIPIENT)
                self._done.stopped.append(one.contact)

    def _known(self, block: Sequence[Recipient]) -> dict[str, Enrolment]:
        if not self._known_count:
            return {}
        return enrolments.among(self._connection, self._campaign.id, [to.key for to in block])

    def _gone(self) -> Iterator[Enrolment]:
        """Yield those whom the store knows and no file names; mostly they are nobody, which is found by counting."""
        if not self._known_count:
            return
        if sum(len(self._known(block)) for block in blocks(self._everybody)) < self._known_count:
            here = {to.key for to in self._everybody}
            known = enrolments.stream(self._connection, self._campaign.id)
            yield from (one for one in known if one.contact not in here)

    def _enrol(self, fresh: Sequence[Recipient]) -> None:
        """Write down new contacts: most of them at once, with their slots."""
        rows, others = [], []
        for to in fresh:
            at = self._beginnings.of(to)
            one = self._beginnings.row(to, at)
            if at is None or former_of(one, self._vanished[person_of(to.account, to.name)] if self._vanished else ()):
                one = self._beginnings.row(to, None)
                others.append((to, one))
            rows.append(one)
        enrolments.add(self._connection, rows)
        self._done.enrolled += [to.key for to in fresh]
        for to, one in others:
            if self._goes_on(one):
                self._begin(to, one)

    def _begin(self, to: Recipient, one: Enrolment) -> None:
        """Give a contact the first slot, and write down what it passes over, or why there is none."""
        assert one.message is not None
        course, reason = self._beginnings.course(to)
        try:
            if course is not None and one.contact in self._done.readdressed:
                progress.begin_anew(self._connection, one, course, waiting=None, at=self._now)
                return
            if course is not None:
                first = enrol(course, enrolled_at=self._now)
                progress.begin(self._connection, one, course, first, at=self._now)
                return
        except DripperError as error:
            reason = progress.said(error)
        progress.hold(self._connection, one, one.message, reason=reason, at=self._now)
        self._done.held[one.contact] = reason

    def _welcome(self, one: Enrolment) -> None:
        """Go on with a contact who was taken off the campaign's list and is on it again."""
        self._done.enrolled.append(one.contact)
        self._note(one, Kind.ENROLLED, "a recipient again")
        if self._goes_on(one):
            welcome_back(self._connection, self._workspace, one, self._campaign, now=self._now)

    def _goes_on(self, one: Enrolment) -> bool:
        """Take over what the person had at former addresses; return whether anything further may go out."""
        former = former_of(one, self._vanished.get(person_of(one.account, one.name), ()))
        if former:
            self._done.readdressed[one.contact] = tuple(old.contact for old in former)
        return take_over(self._connection, one, former, at=self._now)

    def _note(self, one: Enrolment, kind: Kind, text: str) -> None:
        happening = Happening(at=self._now, kind=kind, campaign=one.campaign, contact=one.contact, text=text)
        events.note(self._connection, happening)
