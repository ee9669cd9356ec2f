"""A flow as one shared `transitions` machine, the only place that knows it."""

from functools import partial
from typing import Any

from transitions import Machine

from bot.conversation.conditions import holds
from bot.conversation.facts import Facts
from bot.conversation.model import ADVICE, Flow, Route

ENTER = "flow:"
"""A state that starts so leaves this flow for the start of another."""


class Cursor:
    """The place of one conversation during one step. Never kept."""

    __slots__ = ("state",)

    def __init__(self, state: str) -> None:
        self.state = state


class FlowMachine:
    """Shared by all conversations: it has no model, so it remembers nobody."""

    def __init__(self, flow: Flow) -> None:
        rows = [
            _row(question.id, route)
            for question in flow.questions.values()
            for route in question.routes
        ]
        ends = {row["dest"] for row in rows if row["dest"] not in flow.questions}
        machine = Machine(
            model=None,
            states=[*flow.questions, *sorted(ends | {ADVICE})],
            transitions=rows,
            initial=flow.start,
            auto_transitions=False,
        )
        self._answer = machine.events["answer"]

    def after(self, question: str, facts: Facts) -> str:
        """Where the answer to this question leads: a question, an end, a flow."""
        cursor = Cursor(question)
        self._answer.trigger(cursor, facts)
        return cursor.state


def _row(source: str, route: Route) -> dict[str, Any]:
    row: dict[str, Any] = {
        "trigger": "answer",
        "source": source,
        "dest": ENTER + route.to if route.flow else route.to,
    }
    if route.condition is not None:
        row["conditions"] = partial(holds, route.condition)
    return row
