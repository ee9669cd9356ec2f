"""What a yes or no still depends on, while a family answers one question after another.

A condition has three values; here stand two plain questions about it, “is it certainly
so” and “is it certainly not so”. Each is a tree of and, or, and leaves: a leaf says for
which answers of one question it holds, and whether it holds when that question is never
asked. Equal trees are one number, so two families of whom the same is still open are
known to be alike.

Exact for questions with finitely many answers. A piece that looks at several questions
at once, as `days from told_on to eviction_date < 3`, waits with the answers themselves
until one question is left, and becomes a leaf then: families that are alike may count
as different until that moment, never the other way round.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from bot.conversation.condition_logic import (
    Comparing,
    Constant,
    Containing,
    Days,
    Decide,
    Joined,
    Known,
    Named,
    Negated,
    OneOf,
    Today,
    Unsure,
    names_of,
)
from bot.conversation.conditions import Condition
from bot.conversation.path_answers import GONE, Answers, Assigned

Tree = int
NEVER: Final = 0
ALWAYS: Final = 1
OWN: Final = (
    Comparing,
    Constant,
    Containing,
    Days,
    Joined,
    Known,
    Named,
    Negated,
    OneOf,
    Today,
    Unsure,
)


@dataclass(frozen=True, slots=True)
class Leaf:
    """Holds for the answers whose bits are set; `gone`: also when never asked."""

    question: str
    answers: int
    gone: bool


@dataclass(frozen=True, slots=True)
class Both:
    parts: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Either:
    parts: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A piece over several questions, more than one of them still to be asked.

    `holds` False: that the piece has not the value `wanted`.
    """

    piece: Decide
    wanted: bool
    holds: bool
    open: frozenset[str]
    assigned: Assigned


Node = Leaf | Both | Either | Waiting | bool


class Trees:
    """All trees about one Library on one day; a tree is its number here."""

    def __init__(self, answers: Answers) -> None:
        self.space = answers
        self.answers, self.derived = answers.of, answers.derived
        self.today = answers.today
        self.full = {name: (1 << len(some)) - 1 for name, some in answers.of.items()}
        self.nodes: list[Node] = [False, True]
        self.about: list[frozenset[str]] = [frozenset(), frozenset()]
        """Which questions a tree depends on."""

        self._numbers: dict[Node, Tree] = {}
        self._moved: dict[tuple[str, int, frozenset[str]], dict[Tree, Tree]] = {}
        self._splits: dict[tuple[str, frozenset[Tree]], tuple[int, ...]] = {}
        self._touching: dict[tuple[Tree, str], frozenset[Tree]] = {}
        self._now: dict[Tree, bool] = {NEVER: False, ALWAYS: True}

    # --- making trees -------------------------------------------------------------

    def leaf(self, question: str, answers: int, *, gone: bool) -> Tree:
        if not answers and not gone:
            return NEVER
        if gone and answers == self.full[question]:
            return ALWAYS
        return self._number(Leaf(question, answers, gone), frozenset({question}))

    def both(self, parts: Iterable[Tree]) -> Tree:
        return self._joined(parts, settles=NEVER)

    def either(self, parts: Iterable[Tree]) -> Tree:
        return self._joined(parts, settles=ALWAYS)

    def no(self, tree: Tree) -> Tree:
        """Whether it does not hold."""
        match self.nodes[tree]:
            case bool():
                return ALWAYS if tree == NEVER else NEVER
            case Leaf(question, answers, gone):
                other = self.full[question] ^ answers
                return self.leaf(question, other, gone=not gone)
            case Both(parts):
                return self.either(map(self.no, parts))
            case Either(parts):
                return self.both(map(self.no, parts))
            case Waiting(piece, wanted, holds, open, assigned):
                node = Waiting(piece, wanted, not holds, open, assigned)
                return self._number(node, open)

    def certain(self, condition: Condition | None, wanted: bool = True) -> Tree:
        """Whether the condition certainly has this value; None is always so."""
        if condition is None:
            return ALWAYS if wanted else NEVER
        return self._certain(condition.decide, condition.names, wanted)

    def _certain(self, piece: Decide, names: frozenset[str], wanted: bool) -> Tree:
        match piece:
            case Joined(parts, settles):
                join = self.either if wanted == settles else self.both
                return join(self._certain(one, names, wanted) for one in parts)
            case Negated(part):
                return self._certain(part, names, not wanted)
            case Named(name, "truth") if name in self.derived:
                return self.certain(self.derived[name], wanted)
        whole = self._in_full(piece)
        found = names_of(whole) if isinstance(whole, OWN) else names
        return self._piece(whole, wanted, True, self.space.asked(found), ())

    def _in_full(self, piece: Decide) -> Decide:
        """The piece with computed facts written out, where they stand for a value."""
        match piece:
            case Named(name) if name in self.derived:
                inner = self.derived[name].decide
                return self._in_full(inner) if isinstance(inner, OWN) else piece
            case Comparing(left, sign, right):
                return Comparing(self._in_full(left), sign, self._in_full(right))
            case Days(first, last, count):
                return Days(self._in_full(first), self._in_full(last), count)
            case OneOf(part, values):
                return OneOf(self._in_full(part), values)
        return piece

    def _piece(
        self,
        piece: Decide,
        wanted: bool,
        holds: bool,
        open: frozenset[str],
        assigned: Assigned,
    ) -> Tree:
        if len(open) > 1:
            return self._number(Waiting(piece, wanted, holds, open, assigned), open)
        if not open:
            value = piece(self.space.facts(assigned)) is wanted
            return ALWAYS if value is holds else NEVER
        (last,) = open
        yes, no = self.space.values(piece, last, assigned)
        chosen, without = (yes if wanted else no), piece(self.space.facts(assigned))
        found = self.leaf(last, chosen, gone=without is wanted)
        return found if holds else self.no(found)

    def _joined(self, parts: Iterable[Tree], *, settles: Tree) -> Tree:
        """Flat, sorted, and of each question one leaf at most."""
        kind = Either if settles == ALWAYS else Both
        leaves: dict[str, Leaf] = {}
        others = set[Tree]()
        waiting = list(parts)
        while waiting:
            tree = waiting.pop()
            node = self.nodes[tree]
            if tree == settles:
                return settles
            if isinstance(node, kind):
                waiting += node.parts
            elif isinstance(node, Leaf):
                leaves[node.question] = _merged(
                    leaves.get(node.question), node, either=settles == ALWAYS
                )
            elif tree > ALWAYS:
                others.add(tree)
        for one in leaves.values():
            tree = self.leaf(one.question, one.answers, gone=one.gone)
            if tree == settles:
                return settles
            if tree > ALWAYS:
                others.add(tree)
        if len(others) < 2:
            return next(iter(others), ALWAYS if settles == NEVER else NEVER)
        about = frozenset().union(*(self.about[one] for one in others))
        return self._number(kind(tuple(sorted(others))), about)

    def _number(self, node: Node, about: frozenset[str]) -> Tree:
        found = self._numbers.get(node)
        if found is None:
            found = self._numbers[node] = len(self.nodes)
            self.nodes.append(node)
            self.about.append(about)
        return found

    # --- what an answer does to them ----------------------------------------------

    def after(
        self, tree: Tree, question: str, answer: int, gone: frozenset[str]
    ) -> Tree:
        """The tree once this is answered, and those questions will not be asked."""
        about = self.about[tree]
        if question not in about and about.isdisjoint(gone):
            return tree
        return self._after(
            tree,
            question,
            answer,
            gone,
            self._moved.setdefault((question, answer, gone), {}),
        )

    def _after(
        self,
        tree: Tree,
        question: str,
        answer: int,
        gone: frozenset[str],
        seen: dict[Tree, Tree],
    ) -> Tree:
        about = self.about[tree]
        if question not in about and about.isdisjoint(gone):
            return tree
        found = seen.get(tree)
        if found is None:
            found = seen[tree] = self._changed(tree, question, answer, gone, seen)
        return found

    def _changed(
        self,
        tree: Tree,
        question: str,
        answer: int,
        gone: frozenset[str],
        seen: dict[Tree, Tree],
    ) -> Tree:
        match self.nodes[tree]:
            case Leaf(name, answers, without):
                if name == question and answer != GONE:
                    return ALWAYS if answers >> answer & 1 else NEVER
                return ALWAYS if without else NEVER
            case Both(parts):
                return self.both(
                    self._after(one, question, answer, gone, seen) for one in parts
                )
            case Either(parts):
                return self.either(
                    self._after(one, question, answer, gone, seen) for one in parts
                )
            case Waiting(piece, wanted, holds, open, assigned):
                told = dict.fromkeys(open & gone, GONE)
                if question in open:
                    told[question] = answer
                more = tuple(sorted((*assigned, *told.items())))
                return self._piece(piece, wanted, holds, open - told.keys(), more)
        return tree

    def so_far(self, tree: Tree) -> bool:
        """Whether it holds with what is known now, nothing more being asked."""
        if tree not in self._now:
            match self.nodes[tree]:
                case Leaf(_, _, gone):
                    self._now[tree] = gone
                case Both(parts):
                    self._now[tree] = all(map(self.so_far, parts))
                case Either(parts):
                    self._now[tree] = any(map(self.so_far, parts))
                case Waiting(piece, wanted, holds, _, assigned):
                    value = piece(self.space.facts(assigned)) is wanted
                    self._now[tree] = value is holds
        return self._now[tree]

    # --- answers that make no difference ------------------------------------------

    def classes(self, question: str, trees: Iterable[Tree]) -> tuple[int, ...]:
        """The answers in groups (as bits) that do the same to all these trees."""
        touched = frozenset(
            one
            for tree in trees
            if question in self.about[tree]
            for one in self._touched(tree, question)
        )
        key = (question, touched)
        if key not in self._splits:
            self._splits[key] = self._split(question, touched)
        return self._splits[key]

    def _touched(self, tree: Tree, question: str) -> frozenset[Tree]:
        """The leaves, and what waits, of this tree about the question."""
        key = (tree, question)
        if key not in self._touching:
            node = self.nodes[tree]
            if isinstance(node, Both | Either):
                inner = (one for one in node.parts if question in self.about[one])
                found = frozenset[Tree]().union(
                    *(self._touched(one, question) for one in inner)
                )
            else:
                found = frozenset({tree})
            self._touching[key] = found
        return self._touching[key]

    def _split(self, question: str, touched: frozenset[Tree]) -> tuple[int, ...]:
        groups = [self.full[question]]
        for tree in sorted(touched):
            node = self.nodes[tree]
            if isinstance(node, Leaf):
                halves = [node.answers]
            else:
                halves = list(self._by_effect(tree, question).values())
            for half in halves:
                parted = (part for one in groups for part in (one & half, one & ~half))
                groups = [part for part in parted if part]
        return tuple(groups)

    def _by_effect(self, tree: Tree, question: str) -> Mapping[Tree, int]:
        found: dict[Tree, int] = {}
        for number in range(len(self.answers[question])):
            then = self.after(tree, question, number, frozenset())
            found[then] = found.get(then, 0) | 1 << number
        return found


def _merged(first: Leaf | None, second: Leaf, *, either: bool) -> Leaf:
    if first is None:
        return second
    if either:
        return Leaf(
            second.question,
            first.answers | second.answers,
            first.gone or second.gone,
        )
    return Leaf(
        second.question, first.answers & second.answers, first.gone and second.gone
    )


def first_of(group: int) -> int:
    return (group & -group).bit_length() - 1
