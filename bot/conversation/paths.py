"""Every way through the questions at once: families of whom the same matters are one.

A walk goes from question to question. Of the answers to a question those stay apart
that can lead to another question or to other advice; the others are one class, and the
households in it are counted, not visited. So a walk over more households than there
are people ends in seconds, and what holds for one of a class holds for all of it.

Exact, as far as every answer is tried: each day that a question takes, each number up
to 2,000, each way to tick up to 12 boxes, each municipality. Amounts, lengths of time
and dates without limits are tried around the values that conditions compare them with;
`Walk.sampled` names those questions, and nothing is proved of their other answers. Of
children only their number matters, so of their ages some examples are enough.

Told apart are the cards with their urgency, the organisations that are shown, which
legal dates are told, and every promise. Not the days themselves, nor the notes: of
those nothing is claimed here. The words are Dutch and no hour counts.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from bot.advice import Held
from bot.conversation.advising import is_worth_showing, shown_as
from bot.conversation.model import ADVICE, Question
from bot.conversation.path_advice import Advice, Known, Left, Watch
from bot.conversation.path_answers import GONE, Answers, answers_of
from bot.conversation.path_trees import Tree, Trees, first_of
from bot.conversation.sampling import Household
from bot.library import Library
from bot.promises import Promise


@dataclass(slots=True)
class Way:
    """Households that had the same number of questions; one of them is kept."""

    households: int
    share: float
    """Of all families, were every answer to a question as likely as the others."""

    origin: "Stop | None" = None
    answer: int = GONE


@dataclass(slots=True)
class Stop:
    """A question about to be asked, or the advice, and all families alike at it.

    `ways` are told apart by how many questions they had before.
    """

    at: str
    known: Known
    ways: dict[int, Way] = field(default_factory=dict)
    origins: "dict[str, tuple[Stop, int]]" = field(default_factory=dict)
    """A way from each question that leads here."""

    @property
    def households(self) -> int:
        return sum(one.households for one in self.ways.values())


@dataclass(frozen=True, slots=True)
class Step:
    """One class of answers at one stop, and what the family reads right after it."""

    stop: Stop
    question: Question
    answer: int
    answers: int
    """All answers of the class, as bits."""

    to: str
    known: Known
    shown: Held | None
    """The first advice that comes before the next question."""

    @property
    def households(self) -> int:
        return self.stop.households * self.answers.bit_count()


Observe = Callable[["Walk", Step], None]


class LoopError(Exception):
    """The questions run in a circle, so there are ways without end."""


class Walk:
    """All ways of one Library on one day."""

    def __init__(
        self,
        library: Library,
        today: date,
        promises: Sequence[Promise] = (),
        *,
        watch: Watch = "all",
        about_promises: bool = False,
        observe: Observe = lambda walk, step: None,
    ) -> None:
        self.library = library
        self.today = today
        self.answers = answers_of(library, promises, today)
        kinds = {name: one.kind for name, one in library.questions.items()}
        facts = {
            name: tuple(kinds[name].fact(one) for one in some)
            for name, some in self.answers.items()
        }
        self.trees = Trees(Answers(facts, library.derived, today))
        self.advice = Advice(library, promises, self.trees, watch)
        self.about_promises = about_promises
        """Whether families go unwatched once no promise can be about them."""

        self.unsettled = False
        """Whether first advice may hang on what is not watched."""

        self.following = _following(library)
        self.order = _ordered(self.following, library.flows[library.start].start)
        self.ahead = _ahead(self.following, self.order)
        self.distance = _distance(self.following, self.order)
        self.guards = tuple(self._guards())
        self.guards_about = self._guards_about()
        self.stops: dict[str, dict[Known, Stop]] = {name: {} for name in self.order}
        self._walk(observe)

    # --- what came out ------------------------------------------------------------

    @property
    def ends(self) -> tuple[Stop, ...]:
        """Every class of families at its advice."""
        return tuple(self.stops[ADVICE].values())

    @property
    def households(self) -> int:
        return sum(one.households for one in self.ends)

    @property
    def classes(self) -> int:
        return sum(len(one) for one in self.stops.values())

    @property
    def sampled(self) -> tuple[str, ...]:
        """Questions of which not every answer was tried."""
        return tuple(name for name in self.order if self._is_sampled(name))

    def lengths(self) -> Mapping[int, float]:
        """Each number of questions, and the share of families that has so many."""
        found: dict[int, float] = {}
        for end in self.ends:
            for length, way in end.ways.items():
                found[length] = found.get(length, 0.0) + way.share
        return dict(sorted(found.items()))

    def shortest(self, stop: Stop, length: int | None = None) -> Household:
        """A household of this class, with the fewest questions or with so many."""
        asked = min(stop.ways) if length is None else length
        answers: list[tuple[str, str]] = []
        at: Stop | None = stop
        while at is not None:
            way = at.ways[asked - len(answers)]
            at = way.origin
            if at is not None:
                answers.append((at.at, self.answers[at.at][way.answer]))
        answers.reverse()
        path = tuple(name for name, _ in answers)
        return Household(dict(answers), path, self.today)

    def plainness(self, household: Household) -> int:
        """Small where its answers stand in front, such as few boxes and near days."""
        return sum(
            self.answers[name].index(one) for name, one in household.answers.items()
        )

    def by_each_way(self, stop: Stop) -> Iterator[Household]:
        """Households of this class that came from different questions."""
        for origin, answer in stop.origins.values():
            yield self.with_answer(origin, answer)

    def with_answer(self, stop: Stop, answer: int) -> Household:
        """The shortest household at a stop, and then this answer."""
        before = self.shortest(stop)
        answers = {**before.answers, stop.at: self.answers[stop.at][answer]}
        return replace(before, answers=answers, path=(*before.path, stop.at))

    def completed(self, stop: Stop, answer: int) -> Household:
        """The shortest household at a stop, this answer, and then as few as it can."""
        household = self.with_answer(stop, answer)
        to, known, _ = self._answered(stop, answer)
        while to != ADVICE:
            stop = self.stops[to][known]
            ways = [
                (first_of(one), *self._answered(stop, first_of(one))[:2])
                for one in self._classes(stop)
            ]
            answer, to, known = min(ways, key=lambda way: self.distance[way[1]])
            answers = {**household.answers, stop.at: self.answers[stop.at][answer]}
            path = (*household.path, stop.at)
            household = replace(household, answers=answers, path=path)
        return household

    def route(self, stop: Stop, answer: int) -> int:
        """Which of the ways on from a question this answer takes, by its number."""
        question = self.library.questions[stop.at]
        return self._route(question, dict(stop.known.guards), answer)

    def class_of(self, answers: Mapping[str, str]) -> Stop:
        """The class in which a household with these answers ends."""
        (stop,) = self.stops[self.order[0]].values()
        while stop.at != ADVICE:
            number = self.answers[stop.at].index(answers[stop.at])
            to, known, _ = self._answered(stop, number)
            stop = self.stops[to][known]
        return stop

    # --- walking ------------------------------------------------------------------

    def _walk(self, observe: Observe) -> None:
        first = Stop(self.order[0], self.advice.start, {0: Way(1, 1.0)})
        self.stops[first.at][first.known] = first
        for name in self.order:
            if name == ADVICE:
                continue
            for stop in self.stops[name].values():
                for group in self._classes(stop):
                    self._step(stop, group, observe)

    def _classes(self, stop: Stop) -> tuple[int, ...]:
        changed = dict(stop.known.guards)
        guards = (
            changed.get(number, self.guards[number][1])
            for number in self.guards_about.get(stop.at, ())
        )
        # A day, and no day, are told apart: a day that is urgent is answered at once.
        days = self.trees.leaf(stop.at, self.trees.space.dates(stop.at).all, gone=False)
        trees = (days, *stop.known.trees(), *changed.values(), *guards)
        return self.trees.classes(stop.at, trees)

    def _step(self, stop: Stop, group: int, observe: Observe) -> None:
        answer = first_of(group)
        to, known, shown = self._answered(stop, answer)
        if self.about_promises and not any(known.promises):
            return
        question = self.library.questions[stop.at]
        observe(self, Step(stop, question, answer, group, to, known, shown))
        end = self.stops[to].get(known)
        if end is None:
            end = self.stops[to][known] = Stop(to, known)
        end.origins.setdefault(stop.at, (stop, answer))
        size = group.bit_count()
        part = size / len(self.answers[stop.at])
        for length, way in stop.ways.items():
            found = end.ways.setdefault(length + 1, Way(0, 0.0, stop, answer))
            found.households += way.households * size
            found.share += way.share * part

    def _answered(self, stop: Stop, answer: int) -> tuple[str, Known, Held | None]:
        """Where this answer leads, what matters then, and what is shown before."""
        question = self.library.questions[stop.at]
        changed = dict(stop.known.guards)
        to = self._to(question, changed, answer)
        gone = self.ahead[stop.at] - self.ahead[to] - {stop.at}
        moved = self._moved(stop, answer, gone, to)
        known = self.advice.pruned(moved)
        shown = self._first_advice(question, changed, answer, to, known)
        advised = shown_as(shown) if shown else known.advised
        if not any(
            self.library.questions[name].first_advice for name in self.ahead[to]
        ):
            advised = ""
        return to, replace(known, advised=advised), shown

    def _to(self, question: Question, changed: Mapping[int, Tree], answer: int) -> str:
        route = question.routes[self._route(question, changed, answer)]
        return self.library.flows[route.to].start if route.flow else route.to

    def _route(
        self, question: Question, changed: Mapping[int, Tree], answer: int
    ) -> int:
        first = self._first_guard[question.id]
        return next(
            number
            for number in range(len(question.routes))
            if self._holds_now(first + number, changed, question.id, answer)
        )

    def _holds_now(
        self, guard: int, changed: Mapping[int, Tree], question: str, answer: int
    ) -> bool:
        tree = changed.get(guard, self.guards[guard][1])
        return self.trees.so_far(self.trees.after(tree, question, answer, frozenset()))

    def _first_advice(
        self,
        question: Question,
        changed: Mapping[int, Tree],
        answer: int,
        to: str,
        known: Known,
    ) -> Held | None:
        """As the engine shows it: before another question, and each card once."""
        if question.first_advice is None or to == ADVICE:
            return None
        if self.advice.watch == "beside":
            return None
        guard = self._first_guard[question.id] + len(question.routes)
        if not self._holds_now(guard, changed, question.id, answer):
            return None
        held = self.advice.so_far(known)
        self.unsettled |= not held and self.advice.watch == "first"
        fact = self.trees.answers[question.id][answer]
        is_new = held and is_worth_showing(held[0], fact, known.advised)
        return held[0] if is_new else None

    def _moved(self, stop: Stop, answer: int, gone: frozenset[str], to: str) -> Known:
        known, question, after = stop.known, stop.at, self.trees.after

        def moved(rows: Left) -> Left:
            return tuple((n, after(tree, question, answer, gone)) for n, tree in rows)

        return Known(
            moved(known.before),
            moved(known.main),
            moved(known.beside),
            moved(known.helpers),
            moved(known.tags),
            tuple(after(tree, question, answer, gone) for tree in known.promises),
            self._moved_guards(known, question, answer, gone, to),
            known.advised,
        )

    def _moved_guards(
        self, known: Known, question: str, answer: int, gone: frozenset[str], to: str
    ) -> Left:
        """Those of the questions ahead that an answer, or its absence, changed."""
        changed = dict(known.guards)
        for name in (question, *gone):
            for number in self.guards_about.get(name, ()):
                changed.setdefault(number, self.guards[number][1])
        ahead = self.ahead[to]
        return tuple(
            (number, self.trees.after(changed[number], question, answer, gone))
            for number in sorted(changed)
            if self.guards[number][0] in ahead
        )

    def _guards(self) -> Iterator[tuple[str, Tree]]:
        """Of each question its routes in order, and then when it shows first advice."""
        self._first_guard: dict[str, int] = {}
        count = 0
        for name, question in self.library.questions.items():
            self._first_guard[name] = count
            conditions = [route.condition for route in question.routes]
            if question.first_advice is not None:
                conditions.append(question.first_advice)
            for condition in conditions:
                yield name, self.trees.certain(condition)
                count += 1

    def _guards_about(self) -> Mapping[str, tuple[int, ...]]:
        found: dict[str, list[int]] = {}
        for number, (_, tree) in enumerate(self.guards):
            for name in self.trees.about[tree]:
                found.setdefault(name, []).append(number)
        return {name: tuple(numbers) for name, numbers in found.items()}

    def _is_sampled(self, name: str) -> bool:
        question = self.library.questions.get(name)
        return question is not None and not question.kind.tries_all


def _following(library: Library) -> Mapping[str, tuple[str, ...]]:
    return {
        name: tuple(
            library.flows[route.to].start if route.flow else route.to
            for route in question.routes
        )
        for name, question in library.questions.items()
    } | {ADVICE: ()}


def _ordered(following: Mapping[str, tuple[str, ...]], start: str) -> tuple[str, ...]:
    """Each question before all that can follow it; those that nothing leads to not."""
    done: dict[str, bool] = {}
    order: list[str] = []
    waiting = [start]
    while waiting:
        name = waiting[-1]
        if name not in done:
            done[name] = False
            for to in following[name]:
                if done.get(to) is False:
                    raise LoopError(to)
            waiting += [to for to in following[name] if to not in done]
            continue
        waiting.pop()
        if not done[name]:
            done[name] = True
            order.append(name)
    return tuple(reversed(order))


def _ahead(
    following: Mapping[str, tuple[str, ...]], order: Sequence[str]
) -> Mapping[str, frozenset[str]]:
    """The questions that can be asked from each question on, itself among them."""
    found: dict[str, frozenset[str]] = {ADVICE: frozenset()}
    for name in reversed(order):
        if name != ADVICE:
            later = (found[to] for to in following[name])
            found[name] = frozenset({name}).union(*later)
    return found


def _distance(
    following: Mapping[str, tuple[str, ...]], order: Sequence[str]
) -> Mapping[str, int]:
    """How many questions come at least from here on."""
    found = {ADVICE: 0}
    for name in reversed(order):
        if name != ADVICE:
            found[name] = 1 + min(found[to] for to in following[name])
    return found
