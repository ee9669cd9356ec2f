"""What is watched on every way: which advice still can come, and who is told with it.

Advice is a list of rows, the most urgent first, as a family would get it: the first row
that holds is told. A row that can no longer hold leaves the list, and so does whatever
stands behind a row that certainly holds. What is left is what still matters.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations
from typing import Final, Literal

from bot.advice import MOST_BESIDE, URGENCIES, Card, Held, Urgency
from bot.conversation.facts import Facts
from bot.conversation.path_trees import ALWAYS, NEVER, Tree, Trees
from bot.fitting import PLACE
from bot.library import Library
from bot.organisations import Organisation
from bot.outcome import MOST_ORGANISATIONS, place_name, reached
from bot.promises import Promise
from bot.translations import DUTCH, placeholders

Left = tuple[tuple[int, Tree], ...]
"""Rows that still can be told, by number, and what each still depends on."""

Watch = Literal["first", "beside", "all"]
"""All advice at once; or what comes first, and what comes beside it, on their own.

On their own they are far fewer, and together they say nearly as much.
"""

NO_LIMIT: Final = 10**6


@dataclass(frozen=True, slots=True)
class Row:
    """One advice with one urgency."""

    card: Card
    urgency: Urgency


@dataclass(frozen=True, slots=True)
class Known:
    """What still matters of a family on its way; two with the same are alike.

    `tags` are yes or no's that change what is told with the advice; `guards` those that
    choose the way, where an answer or a way not taken changed them.
    """

    before: Left
    main: Left
    beside: Left
    helpers: Left
    tags: Left
    promises: tuple[Tree, ...]
    guards: Left
    advised: str = ""

    def trees(self) -> Iterator[Tree]:
        for rows in (self.before, self.main, self.beside, self.helpers):
            yield from (tree for _, tree in rows)
        yield from (tree for _, tree in self.tags)
        yield from self.promises


@dataclass(frozen=True, slots=True)
class Tag:
    """What changes the telling of this card, or of this organisation, or of all."""

    tree: Tree
    card: str = ""
    organisation: str = ""

    def matters(
        self, cards: frozenset[str], named: frozenset[str], settled: bool
    ) -> bool:
        if self.card:
            return self.card in cards
        return not settled and (not self.organisation or self.organisation in named)


@dataclass(frozen=True, slots=True)
class Shared:
    """Families for whom all organisations are reached alike, by their places."""

    place: Tree
    reached: Mapping[str, Organisation]
    works_here: frozenset[str]
    known: bool


class Advice:
    """Everything that is told, as trees."""

    def __init__(
        self,
        library: Library,
        promises: Sequence[Promise],
        trees: Trees,
        watch: Watch = "all",
    ) -> None:
        self.library = library
        self.promises = promises
        self.trees = trees
        self.watch = watch
        cards = [one for one in library.cards if one.may_show_on(trees.today)]
        if watch != "all":
            first = watch == "first"
            cards = [one for one in cards if comes_first(one) == first]
        self.before, before = self._rows(one for one in cards if one.before)
        self.main, main = self._rows(
            one for one in cards if not (one.beside or one.before)
        )
        self.beside, beside = self._rows(
            one for one in cards if one.beside and not one.before
        )
        self.shared = tuple(self._shared())
        self.helpers: list[str] = []
        helpers = tuple(self._helpers()) if watch == "all" else ()
        self.everywhere = frozenset(self._everywhere())
        self.tags = tuple(self._tags(cards))
        tags = tuple((number, tag.tree) for number, tag in enumerate(self.tags))
        told = tuple(trees.certain(one.condition) for one in promises)
        self._settled_by: dict[tuple[Left, Left], bool] = {}
        self.start = self.pruned(Known(before, main, beside, helpers, tags, told, ()))

    @property
    def rows(self) -> tuple[Row, ...]:
        return (*self.before, *self.main, *self.beside)

    # --- the rows -----------------------------------------------------------------

    def _rows(self, cards: Iterable[Card]) -> tuple[tuple[Row, ...], Left]:
        """Sorted as advice is: first the urgent, then in the order of the files."""
        found = [pair for card in cards for pair in self._of_card(card)]
        found.sort(key=lambda pair: URGENCIES.index(pair[0].urgency))
        rows = tuple(row for row, _ in found)
        return rows, tuple((number, tree) for number, (_, tree) in enumerate(found))

    def _of_card(self, card: Card) -> Iterator[tuple[Row, Tree]]:
        trees = self.trees
        left = trees.certain(card.condition)
        for urgency, condition in card.sooner:
            sooner = trees.certain(condition)
            yield Row(card, urgency), trees.both((left, sooner))
            left = trees.both((left, trees.no(sooner)))
        yield Row(card, card.urgency), left

    # --- organisations ------------------------------------------------------------

    def _shared(self) -> Iterator[Shared]:
        """Of all places only a few differ in who works there, or by which number."""
        groups: dict[object, int] = {}
        some: dict[object, Facts] = {}
        for number, fact in enumerate(self.trees.answers.get(PLACE, ())):
            facts = Facts({PLACE: fact}, self.trees.today)
            key = self._kind_of_place(facts)
            groups[key] = groups.get(key, 0) | 1 << number
            some.setdefault(key, facts)
        unasked = Facts({}, self.trees.today)
        nowhere = self._kind_of_place(unasked)
        some.setdefault(nowhere, unasked)
        for key, facts in some.items():
            place = place_name(self.library, facts)
            here = reached(self.library, facts)
            works = frozenset(o.id for o in here.values() if o.works_in(place))
            tree = ALWAYS
            if PLACE in self.trees.answers:
                gone = key == nowhere
                tree = self.trees.leaf(PLACE, groups.get(key, 0), gone=gone)
            yield Shared(tree, here, works, place is not None)

    def _kind_of_place(self, facts: Facts) -> object:
        place = place_name(self.library, facts)
        every = self.library.organisations.values()
        works = frozenset(one.id for one in every if one.works_in(place))
        code = facts.get(PLACE)
        own = code if code in self.library.desks else None
        return works, place is not None, own

    def _everywhere(self) -> Iterator[str]:
        """Who helps each family that is sent there, wherever it lives."""
        for name, one in self.library.organisations.items():
            if one.only_if is None and all(name in p.works_here for p in self.shared):
                yield name

    def _helpers(self) -> Iterator[tuple[int, Tree]]:
        """Those that no advice names, in the order in which they are offered."""
        found: dict[tuple[tuple[bool, int, int], int, str], list[Tree]] = {}
        order = {name: n for n, name in enumerate(self.library.organisations)}
        for shared in self.shared:
            for one in shared.reached.values():
                if one.id in shared.works_here:
                    for names, tree in self._reasons(one, shared):
                        away = 2 * (not one.speaks(DUTCH.language))
                        key = ((one.is_national, away, -names), order[one.id], one.id)
                        both = self.trees.both((shared.place, tree))
                        found.setdefault(key, []).append(both)
        for number, key in enumerate(sorted(found)):
            self.helpers.append(key[-1])
            yield number, self.trees.either(found[key])

    def _reasons(self, one: Organisation, shared: Shared) -> Iterator[tuple[int, Tree]]:
        trees = self.trees
        left = trees.no(trees.certain(one.only_if, wanted=False))
        if one.only_if is None:
            left = ALWAYS
        for row in one.when:
            unplaced = not shared.known and PLACE in placeholders(row.because.nl)
            if row.condition is None or unplaced:
                continue
            holds = trees.certain(row.condition)
            yield len(row.condition.names), trees.both((left, holds))
            left = trees.both((left, trees.no(holds)))

    # --- what still matters -------------------------------------------------------

    def pruned(self, known: Known) -> Known:
        """Without what can no longer be told, or be told anyway."""
        before = _left(known.before, NO_LIMIT)
        main = _left(known.main, 1)
        beside = _left(known.beside, MOST_BESIDE)
        cards = [
            *(self.before[n].card for n, _ in before),
            *(self.main[n].card for n, _ in main),
            *(self.beside[n].card for n, _ in beside),
        ]
        names = frozenset(card.id for card in cards)
        named = frozenset(name for card in cards for name in card.organisations)
        settled = self._is_settled(before, main)
        helpers = () if settled else self._left_helpers(known.helpers, named)
        tags = tuple(
            (number, tree)
            for number, tree in known.tags
            if tree != NEVER and self.tags[number].matters(names, named, settled)
        )
        return Known(
            before,
            main,
            beside,
            helpers,
            tags,
            known.promises,
            known.guards,
            known.advised,
        )

    def _tags(self, cards: Iterable[Card]) -> Iterator[Tag]:
        trees = self.trees
        for card in cards:
            for _, condition in card.deadlines:
                if condition is not None:
                    yield Tag(trees.certain(condition), card=card.id)
        for one in self.library.organisations.values():
            if one.only_if is not None:
                surely_not = trees.certain(one.only_if, wanted=False)
                yield Tag(trees.no(surely_not), organisation=one.id)
        yield from (Tag(one.place) for one in self.shared if one.place != ALWAYS)

    def _is_settled(self, before: Left, main: Left) -> bool:
        if self.watch == "beside":
            return True
        key = (before, main)
        if key not in self._settled_by:
            self._settled_by[key] = self._settled(before, main)
        return self._settled_by[key]

    def _settled(self, before: Left, main: Left) -> bool:
        """Whether the organisations shown follow from the advice alone."""
        if len(before) > 2:
            return False
        first = [self.before[n].card for n, _ in before]
        subsets = chain.from_iterable(
            combinations(first, size) for size in range(len(first) + 1)
        )
        mains = {self.main[n].card.id: self.main[n].card for n, _ in main}
        return all(
            self._is_full((*some, card)) for some in subsets for card in mains.values()
        )

    def _is_full(self, cards: Sequence[Card]) -> bool:
        names = dict.fromkeys(name for card in cards for name in card.organisations)
        shown = list(names)[:MOST_ORGANISATIONS]
        return (
            len(shown) == MOST_ORGANISATIONS
            and self.everywhere.issuperset(shown)
            and any(self.tells_everywhere(name) for name in shown)
        )

    def tells_everywhere(self, name: str) -> bool:
        return all(one.reached[name].tells_a_number for one in self.shared)

    def _left_helpers(self, rows: Left, named: frozenset[str]) -> Left:
        found: list[tuple[int, Tree]] = []
        certain = 0
        for number, tree in rows:
            if tree == NEVER:
                continue
            found.append((number, tree))
            certain += tree == ALWAYS and self.helpers[number] not in named
            if certain == MOST_ORGANISATIONS:
                break
        return tuple(found)

    # --- what is told with what is known so far -----------------------------------

    def so_far(self, known: Known) -> tuple[Held, ...]:
        """The advice that holds if nothing more is asked, as `matching` gives it."""
        return (
            *self._told(self.before, known.before, NO_LIMIT),
            *self._told(self.main, known.main, 1),
            *self._told(self.beside, known.beside, MOST_BESIDE),
        )

    def _told(self, rows: Sequence[Row], left: Left, most: int) -> list[Held]:
        found: list[Held] = []
        for number, tree in left:
            if len(found) < most and self.trees.so_far(tree):
                found.append(Held(rows[number].card, rows[number].urgency))
        return found


def comes_first(card: Card) -> bool:
    return card.before or not card.beside


def _left(rows: Left, most: int) -> Left:
    found: list[tuple[int, Tree]] = []
    certain = 0
    for number, tree in rows:
        if tree == NEVER:
            continue
        found.append((number, tree))
        certain += tree == ALWAYS
        if certain == most:
            break
    return tuple(found)
