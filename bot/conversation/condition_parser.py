"""Reads one condition, word by word, into pieces with a type and a decision."""

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Never

from bot.conversation import condition_logic as logic
from bot.conversation.condition_terms import (
    DATE,
    IN_WORDS,
    NUMBER,
    ORDERED,
    TRUTH,
    Term,
    fit,
    misfit,
    not_yes_or_no,
    read_amount,
    read_day,
    several_answers,
)
from bot.conversation.condition_words import (
    COUNTING,
    LISTED,
    LONGEST,
    RESERVED,
    MistakeError,
    Reader,
    Token,
    instead,
    opening,
    spelled,
    unquoted,
    visible,
)
from bot.conversation.facts import UNSURE, Fact, FactType
from bot.places import distance
from bot.problems import Told, did_you_mean, told


class UntypedError(Exception):
    """The text needs a fact whose own text was not read, or not yet."""

    def __init__(self, name: str, column: int) -> None:
        super().__init__(name)
        self.name = name
        self.column = column


class Parser(Reader):
    """One text. Each method reads one level of the grammar, loosest binding first."""

    def __init__(
        self,
        source: str,
        declared: Mapping[str, FactType],
        calendar: logic.WorkingDays,
        untyped: Collection[str] = (),
    ) -> None:
        super().__init__(source)
        self.declared = declared
        self.calendar = calendar
        self.untyped = untyped
        self.names: set[str] = set()
        self.compared: dict[str, frozenset[Fact]] = {}

    def whole(self) -> Term:
        """The whole text as one piece; a count of children alone is a yes or no."""
        if len(self.source) > LONGEST:
            message = told(
                "Longer than {most} characters. Give a part of it a name of its own"
                " under “facts”.",
                most=LONGEST,
            )
            raise MistakeError(LONGEST, message)
        if self.here.sort == "end":
            raise MistakeError(0, told("There is nothing here."))
        found = self.alternatives()
        if self.here.sort != "end":
            self.refuse_place(self.here)
        if found.type.kind not in ("yes_no", "truth", "children"):
            return found
        return self.term(found.first, TRUTH, self.truth(found))

    def alternatives(self) -> Term:
        return self.joined("or", self.requirements, settles=True)

    def requirements(self) -> Term:
        return self.joined("and", self.negation, settles=False)

    def joined(self, word: str, part: Callable[[], Term], *, settles: bool) -> Term:
        first = part()
        if not self.here.says(word):
            return first
        parts = [self.truth(first)]
        while self.here.says(word):
            self.step()
            parts.append(self.truth(part()))
        decide = logic.Joined(tuple(parts), settles)
        return self.term(first.first, TRUTH, decide)

    def negation(self) -> Term:
        if not self.here.says("not"):
            return self.comparison()
        start = self.step()
        self.deeper(start)
        inner = self.truth(self.negation())
        self.depth -= 1
        return self.term(start, TRUTH, logic.Negated(inner))

    def comparison(self) -> Term:
        left = self.operand()
        self.refuse_foreign_word()
        if self.here.says(*logic.SIGNS):
            decide = self.read_sign(left, self.step())
        elif self.here.says("contains"):
            decide = self.read_contains(left, self.step())
        elif self.here.says("in"):
            decide = self.read_list(left, self.step())
        elif self.here.says("not") and self.next.says("in"):
            self.step()
            decide = logic.Negated(self.read_list(left, self.step()))
        else:
            self.refuse_slip()
            return left
        self.refuse_foreign_word()
        if self.here.says(*logic.SIGNS, "in", "contains"):
            advice = told("Compare two things at a time and join them with “and”.")
            raise MistakeError(self.here.column, advice)
        return self.term(left.first, TRUTH, decide)

    def read_sign(self, left: Term, sign: Token) -> logic.Decide:
        if self.here.says(UNSURE):
            if sign.text not in ("==", "!="):
                self.refuse_order(UNSURE, sign)
            found = self.unsure(left, self.step())
            return found if sign.text == "==" else logic.Negated(found)
        right = self.operand(beside=left)
        self.refuse_misfit(left, right)
        if sign.text not in ("==", "!=") and left.type.kind not in ORDERED:
            self.refuse_order(left.text, sign)
        self.note(left, right.literal)
        self.note(right, left.literal)
        return logic.Comparing(left.decide, sign.text, right.decide)

    def read_list(self, left: Term, word: Token) -> logic.Decide:
        if left.type.kind == "choices":
            raise MistakeError(word.column, several_answers(left))
        if not self.here.says("["):
            raise MistakeError(self.here.column, LISTED)
        opened, values, unsure = self.step(), set[Fact](), list[logic.Decide]()
        while True:
            if self.here.says(UNSURE):
                unsure.append(self.unsure(left, self.step()))
            else:
                values.add(self.value(left))
            if not self.here.says(","):
                break
            self.step()
        if self.here.sort in ("word", "number") and not self.here.says("and", "or"):
            raise MistakeError(self.here.column, LISTED)
        self.close(opened, "]")
        one_of = logic.OneOf(left.decide, frozenset(values))
        return logic.Joined((one_of, *unsure), settles=True) if unsure else one_of

    def read_contains(self, left: Term, word: Token) -> logic.Decide:
        if left.type.kind != "choices":
            message = told(
                "“{name}” is {what}: write “==” or “in [ ]”.",
                name=left.text,
                what=IN_WORDS[left.type.kind],
            )
            raise MistakeError(word.column, message)
        if self.here.says(UNSURE):
            whole = f"{left.text} == {UNSURE}"
            message = told("Write “{condition}”.", condition=whole)
            raise MistakeError(self.here.column, message)
        return logic.Containing(left.decide, str(self.value(left)))

    def value(self, left: Term) -> Fact:
        """One value that `left` can have."""
        found = self.operand(beside=left)
        if found.literal is None:
            message = told(
                "“{name}” is a fact. Only values can stand here.", name=found.text
            )
            raise MistakeError(found.column, message)
        if found.type != left.type:
            self.refuse_misfit(left, found)
        self.note(left, found.literal)
        return found.literal

    def unsure(self, left: Term, word: Token) -> logic.Decide:
        if not left.name or left.type.kind == "truth":
            message = told(
                "Only the answer to a question can be “{unsure}”.", unsure=UNSURE
            )
            raise MistakeError(word.column, message)
        self.note(left, UNSURE)
        return logic.Unsure(left.name)

    def operand(self, beside: Term | None = None) -> Term:
        token = self.here
        if beside is not None and beside.type.kind in ("choice", "choices", "place"):
            return self.answer(token, beside)
        if token.sort == "number":
            kind, value = read_amount(self.step(), self)
            return self.literal(token, kind, value)
        if token.says("("):
            return self.brackets(self.step())
        if token.sort == "word":
            return self.word(self.step(), beside)
        return self.refuse_operand(token, beside)

    def answer(self, token: Token, beside: Term) -> Term:
        """An answer of the question beside it, or else a fact of the same sort."""
        fact = token.text in self.declared or token.text in self.untyped
        options = beside.type.options
        if token.sort not in ("word", "number", "quoted"):
            return self.refuse_operand(token, beside)
        if token.text in options or not (options or fact):
            return self.literal(self.step(), beside.type, unquoted(token))
        return self.fact(self.step(), beside)

    def brackets(self, opened: Token) -> Term:
        self.deeper(opened)
        inner = self.alternatives()
        self.depth -= 1
        self.close(opened, ")")
        return inner

    def word(self, token: Token, beside: Term | None) -> Term:
        if token.text in ("yes", "no"):
            return self.literal(token, FactType("yes_no"), token.text == "yes")
        if token.text == "today":
            return self.term(token, DATE, logic.Today())
        if token.text == "known":
            name = self.step()
            return self.term(token, TRUTH, logic.Known(self.fact(name, None).name))
        if token.text == "days" and self.here.says("from"):
            return self.days(token, logic.calendar_days)
        if token.text == "working" and self.here.says("days"):
            self.step()
            return self.days(token, self.calendar.known_working_days)
        if re.fullmatch(r"[0-9]{1,4}-[0-9]{1,2}-[0-9]{1,4}", token.text):
            return self.literal(token, DATE, read_day(token))
        return self.fact(token, beside)

    def fact(self, token: Token, beside: Term | None) -> Term:
        found = self.declared.get(token.text)
        if token.sort != "word" or found is None or token.text in RESERVED:
            return self.refuse_operand(token, beside)
        self.names.add(token.text)
        decide = logic.Named(token.text, found.kind)
        return self.term(token, found, decide, name=token.text)

    def days(self, first: Token, count: Callable[[date, date], int | None]) -> Term:
        self.expect("from")
        start = self.read_date()
        self.expect("to")
        return self.term(first, NUMBER, logic.Days(start, self.read_date(), count))

    def read_date(self) -> logic.Decide:
        found = self.operand()
        if found.type.kind != "date":
            message = told(
                "“{name}” is {what}, not a date.",
                name=found.text,
                what=IN_WORDS[found.type.kind],
            )
            raise MistakeError(found.column, message)
        return found.decide

    def literal(self, token: Token, kind: FactType, value: Fact) -> Term:
        return self.term(token, kind, logic.Constant(value), literal=value)

    def term(
        self,
        first: Token,
        kind: FactType,
        decide: logic.Decide,
        *,
        name: str = "",
        literal: Fact | None = None,
    ) -> Term:
        text = self.source[first.column : self.before.end]
        return Term(first, text, kind, decide, name, literal)

    def truth(self, term: Term) -> logic.Decide:
        if term.type.kind == "children":
            self.note(term, 0)
            return logic.Comparing(term.decide, ">", logic.Constant(0))
        if term.type.kind not in ("yes_no", "truth"):
            raise MistakeError(term.column, not_yes_or_no(term.text, term.type))
        return term.decide

    def note(self, term: Term, value: Fact | None) -> None:
        if term.name and value is not None:
            values = self.compared.get(term.name, frozenset())
            self.compared[term.name] = values | {value}

    def refuse_operand(self, token: Token, beside: Term | None) -> Never:
        """Something stands where a fact or a value was to come."""
        named = token.sort != "end" and token.text not in self.declared
        if named and token.text in self.untyped:
            raise UntypedError(token.text, token.column)
        raise MistakeError(token.column, self.no_operand(token, beside))

    def no_operand(self, token: Token, beside: Term | None) -> Told:
        if token.sort == "end":
            return told("Something is missing at the end.")
        if token.sort == "quoted" and unquoted(token):
            return told("Write “{word}” without quotation marks.", word=unquoted(token))
        text = visible(token.text)
        if beside is not None and beside.type.options and token.sort != "sign":
            return told(
                "“{word}” is not an answer of “{question}”.{hint}",
                word=text,
                question=beside.text,
                hint=did_you_mean(text, beside.type.options),
            )
        if right := instead(token):
            return told(
                "Write “{right}” instead of “{wrong}”.", right=right, wrong=text
            )
        if token.says("days", "working"):
            return told("Write {counting}.", counting=COUNTING)
        if token.says(UNSURE):
            return told(
                "Write which answer is “{unsure}”: “… == {unsure}”.", unsure=UNSURE
            )
        if token.sort == "word" and text not in RESERVED:
            meant = opening(token, self.here)
            if beside is not None and beside.type.kind == "yes_no":
                meant = meant or spelled(token, ("yes", "no", UNSURE))
            return self.unheard_of(text, meant)
        return told(
            "“{word}” cannot stand here: a fact or a value is missing.", word=text
        )

    def unheard_of(self, word: str, meant: str) -> Told:
        for name, kind in self.declared.items():
            if word in kind.options:
                sign = "contains" if kind.kind == "choices" else "=="
                return told(
                    "“{word}” is an answer: write “{condition}”.",
                    word=word,
                    condition=f"{name} {sign} {word}",
                )
        known = [*self.declared, *self.untyped, "today", "known", "yes", "no", UNSURE]
        meant = meant or self.asked_with_answer(word)
        near = did_you_mean(meant or word, [meant] if meant else known)
        return told(
            "“{word}” is not asked or computed anywhere.{hint}", word=word, hint=near
        )

    def asked_with_answer(self, word: str) -> str:
        """The question one slip away that has the answer it is compared with."""
        if not self.here.says("==", "!=", "contains"):
            return ""
        near = [
            name
            for name, kind in self.declared.items()
            if self.next.text in kind.options and distance(name, word) == 1
        ]
        return near[0] if len(near) == 1 else ""

    def refuse_order(self, text: str, sign: Token) -> Never:
        message = told(
            "“{text}” has no more or less, so “{sign}” says nothing. Write “==” or"
            " “!=”.",
            text=text,
            sign=sign.text,
        )
        raise MistakeError(sign.column, message)

    def refuse_misfit(self, left: Term, right: Term) -> None:
        if not fit(left, right):
            raise MistakeError(right.column, misfit(left, right))
