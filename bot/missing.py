"""Households that nobody wrote yet: a few of them, for every gap in the coverage.

Every way through the questions is walked, so what no household is found for cannot be
reached on that day, as far as every answer was tried.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from bot.advice import matching
from bot.conversation.crisis import heard, spoken
from bot.conversation.kinds.choices import NOTHING
from bot.conversation.path_answers import answers_of
from bot.conversation.path_trees import first_of
from bot.conversation.paths import Step, Stop, Walk
from bot.conversation.sampling import Household
from bot.conversation.walking import leads_to
from bot.coverage import SORTS, Part, met_by, named, on_the_way, told_parts
from bot.library import Library
from bot.pasting import typed_answer
from bot.scenarios import Expected, Played, Scenario, play

FEW: Final = 12
"""So many households are looked at for each gap: the shortest ones."""


@dataclass(frozen=True, slots=True)
class Found:
    """A household that was played, and the gaps that it is for."""

    played: Played
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """`unreachable`: no household meets these on that day. Of the questions `sampled`
    not every answer was tried, so another answer to those may still do it. `unread`
    are met, but by answers that nobody can type."""

    found: tuple[Found, ...]
    unreachable: tuple[Part, ...] = ()
    unread: tuple[Part, ...] = ()
    sampled: tuple[str, ...] = ()

    @property
    def fine(self) -> bool:
        """Whether nothing is left that must be met."""
        return not any(one.must for one in (*self.unreachable, *self.unread))


def missing(library: Library, gaps: Collection[Part], today: date) -> Missing:
    """Few households for all gaps; the questions must not run in a circle."""
    wanted = frozenset(one for one in gaps if one.sort != "crisis")
    search = _Search(library, today, wanted, answers_of(library, (), today))
    crises = tuple(_crises(library, gaps, today))
    found = (*crises, *search.households()) if wanted else crises
    met = frozenset(part for one in found for part in one.parts)
    left = [one for one in gaps if one not in met]
    return Missing(
        found,
        tuple(one for one in left if one not in search.reached),
        tuple(one for one in left if one in search.reached),
        search.sampled,
    )


def _crises(library: Library, gaps: Iterable[Part], today: date) -> Iterator[Found]:
    for part in gaps:
        if part.sort != "crisis":
            continue
        crisis = next(one for one in library.crises if one.id == part.name)
        said = map(spoken, crisis.phrases)
        own = next((one for one in said if heard(library.crises, one) == crisis), "")
        if own:
            expect = Expected(crisis=crisis.id)
            scenario = Scenario(own, today, {}, expect, says=own)
            yield Found(play(library, scenario), (part,))


@dataclass(slots=True)
class _Search:
    """For the gaps of one Library on one day."""

    library: Library
    today: date
    wanted: frozenset[Part]
    plain: Mapping[str, tuple[str, ...]]
    """All answers of each question, the plainest first."""

    sampled: tuple[str, ...] = ()
    reached: frozenset[Part] = frozenset()
    """What is met by some household; known after the households."""

    def households(self) -> Iterator[Found]:
        """The one that meets most gaps first, until no gap is left that can be met."""
        left = self.wanted
        waiting = {_key(one): one for one in self._candidates()}
        meets = {key: self._meets(one) for key, one in waiting.items()}
        self.reached = frozenset().union(*meets.values())
        while waiting:
            best = max(waiting, key=lambda key: (len(meets[key] & left), -len(key)))
            if not meets[best] & left:
                return
            plain = waiting.pop(best)
            richer = self._richer(plain, left)
            found = self._played(richer, left) or self._played(plain, left)
            if found is not None:
                left -= frozenset(found.parts)
                yield found

    # --- candidates ----------------------------------------------------------------

    def _candidates(self) -> Iterator[Household]:
        for day in self._days():
            seen = _Seen(self.library, self._about())
            first = Walk(self.library, day, watch="first", observe=seen.note)
            yield from seen.households(first)
            yield from self._told(first)
            yield from self._told(Walk(self.library, day, watch="beside"))
            self.sampled = first.sampled

    def _days(self) -> Iterator[date]:
        """This day, and one for each card that is only shown on others."""
        yield self.today
        cards = {one.name for one in self.wanted if one.sort in ("card", "outcome")}
        later = {
            one.valid.from_
            for one in self.library.cards
            if one.id in cards and one.valid and not one.may_show_on(self.today)
        }
        yield from sorted(later)

    def _about(self) -> Mapping[str, Sequence[Part]]:
        found: dict[str, list[Part]] = {}
        for part in _sorted(self.wanted):
            if part.sort in ("question", "answer", "route"):
                found.setdefault(part.name, []).append(part)
        return found

    def _told(self, walk: Walk) -> Iterator[Household]:
        """Whoever ends with an advice that is wanted."""
        ends: dict[Part, list[Stop]] = {}
        for end in walk.ends:
            for part in told_parts(walk.advice.so_far(end.known)):
                if part in self.wanted:
                    ends.setdefault(part, []).append(end)
        for some in ends.values():
            yield from map(walk.shortest, sorted(some, key=_asked)[:FEW])

    # --- one household ---------------------------------------------------------------

    def _meets(self, household: Household) -> frozenset[Part]:
        held = matching(self.library.cards, household.facts(self.library))
        parts = (*on_the_way(self.library, household), *told_parts(held))
        return self.wanted.intersection(parts)

    def _richer(self, household: Household, left: frozenset[Part]) -> Household:
        """With other answers on its way: calmer ones, and such as meet more."""
        best, meets = household, self._meets(household) & left
        for name in household.path:
            for answer in self._others(name, left):
                if name not in best.path:
                    break
                other = self._with(best, name, answer)
                more = self._meets(other) & left
                if more > meets or (answer == NOTHING and more == meets):
                    best, meets = other, more
        return best

    def _others(self, name: str, left: frozenset[Part]) -> Iterator[str]:
        if NOTHING in self.library.questions[name].kind.labels:
            yield NOTHING
        for part in _sorted(left):
            if (part.sort, part.name) == ("answer", name):
                yield part.which

    def _with(self, household: Household, name: str, answer: str) -> Household:
        """The same household with one other answer; what is new is answered plainly."""
        question = self.library.questions[name]
        other = next(one for one in self.plain[name] if answer in named(question, one))
        given = {**household.answers, name: other}
        at = self.library.flows[self.library.start].start
        answers: dict[str, str] = {}
        path: tuple[str, ...] = ()
        while at in self.library.questions:
            answers[at] = given.get(at, self.plain[at][0])
            path = (*path, at)
            at = leads_to(self.library, answers, path, household.today)
        return replace(household, answers=answers, path=path)

    def _played(self, household: Household, left: frozenset[Part]) -> Found | None:
        """As its author would type it; None when that is read as something else."""
        typed = {
            name: typed_answer(self.library, name, household) for name in household.path
        }
        asked = Scenario("", household.today, typed, Expected())
        first = play(self.library, asked)
        if not first.passed or first.outcome is None:
            return None
        found = first.outcome
        expect = Expected(
            found.urgency,
            tuple(one.card.id for one in found.held),
            tuple(one.id for one in found.organisations),
            found.dates,
        )
        played = play(self.library, replace(asked, expect=expect))
        met = left.intersection(met_by(self.library, played))
        return Found(played, _sorted(met)) if met and played.passed else None


@dataclass(slots=True)
class _Seen:
    """Where each wanted question, answer and route was met during a walk."""

    library: Library
    about: Mapping[str, Sequence[Part]]
    """The wanted parts of each question."""

    at: dict[Part, list[tuple[Stop, int]]] = field(default_factory=dict)
    masks: dict[tuple[str, str], int] = field(default_factory=dict)

    def note(self, walk: Walk, step: Step) -> None:
        name = step.stop.at
        for part in self.about.get(name, ()):
            answers = step.answers
            if part.sort == "answer":
                answers &= self._mask(walk, name, part.which)
            elif part.sort == "route":
                answers *= walk.route(step.stop, step.answer) == int(part.which)
            if answers:
                self.at.setdefault(part, []).append((step.stop, first_of(answers)))

    def households(self, walk: Walk) -> Iterator[Household]:
        for some in self.at.values():
            for stop, answer in sorted(some, key=lambda one: _asked(one[0]))[:FEW]:
                yield walk.completed(stop, answer)

    def _mask(self, walk: Walk, name: str, which: str) -> int:
        """The answers that are this one, as bits."""
        key = (name, which)
        if key not in self.masks:
            question = self.library.questions[name]
            self.masks[key] = sum(
                (which in named(question, one)) << number
                for number, one in enumerate(walk.answers[name])
            )
        return self.masks[key]


def _asked(stop: Stop) -> int:
    return min(stop.ways)


def _key(household: Household) -> tuple[str, ...]:
    answers = (household.answers[name] for name in household.path)
    return (str(household.today), *household.path, *answers)


def _sorted(parts: Iterable[Part]) -> tuple[Part, ...]:
    """The most telling ones first."""
    return tuple(sorted(parts, key=_order))


def _order(part: Part) -> tuple[bool, int, str, str]:
    return not part.must, -SORTS.index(part.sort), part.name, part.which
