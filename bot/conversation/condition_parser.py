"""Reads one condition, word by word, into pieces with a type and a decision."""

import re
from collections.abc import Callable, Container, Mapping
from datetime import date
from typing import Never

from bot.conversation import condition_logic as logic
from bot.conversation.condition_forms import Form, Word
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
)
from bot.conversation.condition_words import (
    COUNTING,
    LONGEST,
    RESERVED,
    MistakeError,
    Reader,
    Token,
    instead,
    unquoted,
    visible,
)
from bot.conversation.facts import UNSURE, Fact, FactType
from bot.problems import did_you_mean


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
        untyped: Container[str] = (),
    ) -> None:
        super().__init__(source)
        self.declared = declared
        self.calendar = calendar
        self.untyped = untyped
        self.names: list[str] = []
        self.compared: dict[str, frozenset[Fact]] = {}

    def whole(self) -> Term:
        """The whole text as one piece; a count of children alone is a yes or no."""
        if len(self.source) > LONGEST:
            advice = "Give a part of it a name of its own under “facts”."
            raise MistakeError(LONGEST, f"Longer than {LONGEST} characters. {advice}")
        if self.here.sort == "end":
            raise MistakeError(0, "There is nothing here.")
        found = self.alternatives()
        if self.here.sort != "end":
            self.refuse_place(self.here)
        if found.type.kind not in ("yes_no", "truth", "children"):
            return found
        form = self.form(found)
        return self.term(found.first, TRUTH, form.decide, form=form)

    def alternatives(self) -> Term:
        return self.joined("or", self.requirements, settles=True)

    def requirements(self) -> Term:
        return self.joined("and", self.negation, settles=False)

    def joined(self, word: Word, part: Callable[[], Term], *, settles: bool) -> Term:
        first = part()
        if not self.here.says(word):
            return first
        parts = [self.form(first)]
        while self.here.says(word):
            self.step()
            parts.append(self.form(part()))
        decide = logic.joined(tuple(one.decide for one in parts), settles=settles)
        return self.formed(first.first, word, decide, *parts)

    def negation(self) -> Term:
        if not self.here.says("not"):
            return self.comparison()
        start = self.step()
        self.deeper(start)
        inner = self.form(self.negation())
        self.depth -= 1
        return self.formed(start, "not", logic.negated(inner.decide), inner)

    def comparison(self) -> Term:
        first, is_not = len(self.names), False
        left = self.operand()
        self.refuse_foreign_word()
        if self.here.says(*logic.SIGNS):
            is_not = self.here.says("!=")
            decide = self.read_sign(left, self.step())
        elif self.here.says("contains"):
            decide = self.read_contains(left, self.step())
        elif self.here.says("in"):
            decide = self.read_list(left, self.step())
        elif self.here.says("not") and self.next.says("in"):
            self.step()
            is_not, decide = True, self.read_list(left, self.step())
        else:
            return left
        self.refuse_foreign_word()
        if self.here.says(*logic.SIGNS, "in", "contains"):
            advice = "Compare two things at a time and join them with “and”."
            raise MistakeError(self.here.column, advice)
        form = Form("is", names=frozenset(self.names[first:]), decide=decide)
        if is_not:
            return self.formed(left.first, "not", logic.negated(decide), form)
        return self.term(left.first, TRUTH, decide, form=form)

    def read_sign(self, left: Term, sign: Token) -> logic.Decide:
        """What the sign says; of “!=” what “==” says."""
        if self.here.says(UNSURE):
            if sign.text not in ("==", "!="):
                self.refuse_order(UNSURE, sign)
            return self.unsure(left, self.step())
        right = self.operand(beside=left)
        self.refuse_misfit(left, right)
        if sign.text not in ("==", "!=") and left.type.kind not in ORDERED:
            self.refuse_order(left.text, sign)
        self.note(left, right.literal)
        self.note(right, left.literal)
        said = "==" if sign.text == "!=" else sign.text
        return logic.comparing(left.decide, said, right.decide)

    def read_list(self, left: Term, word: Token) -> logic.Decide:
        if left.type.kind == "choices":
            message = f"“{left.text}” can have several answers: write “contains”."
            raise MistakeError(word.column, message)
        if not self.here.says("["):
            message = "Put what follows “in” between [ and ], with commas."
            raise MistakeError(self.here.column, message)
        opened, values, unsure = self.step(), set[Fact](), list[logic.Decide]()
        while True:
            if self.here.says(UNSURE):
                unsure.append(self.unsure(left, self.step()))
            else:
                values.add(self.value(left))
            if not self.here.says(","):
                break
            self.step()
        self.close(opened, "]")
        one_of = logic.one_of(left.decide, frozenset(values))
        return logic.joined((one_of, *unsure), settles=True) if unsure else one_of

    def read_contains(self, left: Term, word: Token) -> logic.Decide:
        if left.type.kind != "choices":
            kind = IN_WORDS[left.type.kind]
            message = f"“{left.text}” is {kind}: write “==” or “in [ ]”."
            raise MistakeError(word.column, message)
        if self.here.says(UNSURE):
            message = f"Write “{left.text} == {UNSURE}”."
            raise MistakeError(self.here.column, message)
        return logic.containing(left.decide, str(self.value(left)))

    def value(self, left: Term) -> Fact:
        """One value that `left` can have."""
        found = self.operand(beside=left)
        if found.literal is None:
            message = f"“{found.text}” is a fact. Only values can stand here."
            raise MistakeError(found.column, message)
        if found.type != left.type:
            self.refuse_misfit(left, found)
        self.note(left, found.literal)
        return found.literal

    def unsure(self, left: Term, word: Token) -> logic.Decide:
        if not left.name or left.type.kind == "truth":
            message = f"Only the answer to a question can be “{UNSURE}”."
            raise MistakeError(word.column, message)
        self.note(left, UNSURE)
        return logic.unsure(left.name)

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
            return self.term(token, DATE, lambda facts: facts.today)
        if token.text == "known":
            name = self.fact(self.step(), None).name
            known = logic.known(name)
            form = Form("known", names=frozenset({name}), decide=known)
            return self.term(token, TRUTH, known, form=form)
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
        self.names.append(token.text)
        decide = logic.fact(token.text, found.kind)
        return self.term(token, found, decide, name=token.text)

    def days(self, first: Token, count: Callable[[date, date], int | None]) -> Term:
        self.expect("from")
        start = self.read_date()
        self.expect("to")
        return self.term(first, NUMBER, logic.days(start, self.read_date(), count))

    def read_date(self) -> logic.Decide:
        found = self.operand()
        if found.type.kind != "date":
            message = f"“{found.text}” is {IN_WORDS[found.type.kind]}, not a date."
            raise MistakeError(found.column, message)
        return found.decide

    def literal(self, token: Token, kind: FactType, value: Fact) -> Term:
        return self.term(token, kind, logic.constant(value), literal=value)

    def term(
        self,
        first: Token,
        kind: FactType,
        decide: logic.Decide,
        *,
        name: str = "",
        literal: Fact | None = None,
        form: Form | None = None,
    ) -> Term:
        text = self.source[first.column : self.before.end]
        return Term(first, text, kind, decide, name, literal, form)

    def formed(
        self, first: Token, word: Word, decide: logic.Decide, *parts: Form
    ) -> Term:
        names = frozenset(name for part in parts for name in part.names)
        return self.term(first, TRUTH, decide, form=Form(word, parts, names, decide))

    def form(self, term: Term) -> Form:
        """How a yes or no is put together; one fact alone has no parts."""
        decide = self.truth(term)
        names = frozenset({term.name} if term.name else ())
        alone = term.name if term.type.kind == "truth" else ""
        return term.form or Form("is", names=names, decide=decide, fact=alone)

    def truth(self, term: Term) -> logic.Decide:
        if term.type.kind == "children":
            self.note(term, 0)
            return logic.comparing(term.decide, ">", logic.constant(0))
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

    def no_operand(self, token: Token, beside: Term | None) -> str:
        if token.sort == "end":
            return "Something is missing at the end."
        if token.sort == "quoted" and unquoted(token):
            return f"Write “{unquoted(token)}” without quotation marks."
        text = visible(token.text)
        if beside is not None and beside.type.options and token.sort != "sign":
            near = did_you_mean(text, beside.type.options)
            return f"“{text}” is not an answer of “{beside.text}”.{near}"
        if right := instead(token):
            return f"Write “{right}” instead of “{text}”."
        if token.says("days", "working"):
            return f"Write {COUNTING}."
        if token.says(UNSURE):
            return f"Write which answer is “{UNSURE}”: “… == {UNSURE}”."
        if token.sort == "word" and text not in RESERVED:
            return self.unheard_of(text)
        return f"“{text}” cannot stand here: a fact or a value is missing."

    def unheard_of(self, word: str) -> str:
        for name, kind in self.declared.items():
            if word in kind.options:
                sign = "contains" if kind.kind == "choices" else "=="
                return f"“{word}” is an answer: write “{name} {sign} {word}”."
        near = did_you_mean(word, [*self.declared, "today", "known", "yes", "no"])
        return f"“{word}” is not asked or computed anywhere.{near}"

    def refuse_order(self, text: str, sign: Token) -> Never:
        advice = f"so “{sign.text}” says nothing. Write “==” or “!=”."
        raise MistakeError(sign.column, f"“{text}” has no more or less, {advice}")

    def refuse_misfit(self, left: Term, right: Term) -> None:
        if not fit(left, right):
            raise MistakeError(right.column, misfit(left, right))
