"""The shipped law files, read straightforwardly: no reader of ours in between."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, cast

import yaml

from bot.law.calendar import Calendar, EasterHoliday, FixedHoliday, Valid
from bot.law.deadlines import Certainty, Count, Direction, Rule, RuleKind, Unit
from bot.translations import Text

LAW = Path(__file__).parents[2] / "flows" / "law"
UNITS: Mapping[str, Unit] = {
    "day": "days",
    "week": "weeks",
    "month": "months",
    "working day": "working days",
}


# The files are untyped text until here, hence Any.
Node = dict[str, Any]


def read(text: str) -> Node:
    return cast(Node, yaml.load(text, Loader=yaml.BaseLoader))


def shipped_calendar() -> Calendar:
    node = read((LAW / "calendar.yaml").read_text(encoding="utf-8"))
    holidays: dict[str, Node] = node["holidays"]
    days = [day for group in node["decreed"].values() for day in group["days"]]
    return Calendar(
        decreed=frozenset(map(date.fromisoformat, days)),
        fixed=tuple(fixed(k, one) for k, one in holidays.items() if "date" in one),
        easter=tuple(moving(k, one) for k, one in holidays.items() if "easter" in one),
        known_from=date.fromisoformat(node["known_from"]),
        known_until=date.fromisoformat(node["known_until"]),
    )


def fixed(key: str, node: Node) -> FixedHoliday:
    day, month = int(node["date"]["day"]), int(node["date"]["month"])
    moves = {"the day before": -1, "stays": 0}[node.get("on_sunday", "stays")]
    return FixedHoliday(key, month, day, valid(node["valid"]), moves)


def moving(key: str, node: Node) -> EasterHoliday:
    number, _, side = node["easter"].split()
    days = {"before": -1, "after": 1}[side] * int(number)
    return EasterHoliday(key, days, valid(node["valid"]))


def valid(node: Node) -> Valid:
    until = node.get("until")
    return Valid(
        date.fromisoformat(node["from"]), date.fromisoformat(until) if until else None
    )


def shipped_rules() -> dict[str, tuple[Rule, ...]]:
    return read_rules((LAW / "deadlines.yaml").read_text(encoding="utf-8"))


def read_rules(text: str) -> dict[str, tuple[Rule, ...]]:
    nodes: dict[str, Node | list[Node]] = read(text)["deadlines"]
    return {
        id_: tuple(
            rule(id_, row) for row in (rows if isinstance(rows, list) else [rows])
        )
        for id_, rows in nodes.items()
    }


def rule(id_: str, node: Node) -> Rule:
    facts = node["from"]
    assert node["reviewed"] == "no"
    return Rule(
        id=id_,
        kind=cast(RuleKind, node["kind"]),
        from_=tuple(facts) if isinstance(facts, list) else (facts,),
        count=count(node["count"]),
        name=text(id_, node, "name"),
        say=text(id_, node, "say"),
        over=text(id_, node, "over"),
        unknown=text(id_, node, "unknown"),
        source=tuple(node["source"]),
        certainty=cast(Certainty, node["certainty"]),
        valid=valid(node["valid"]),
        direction=cast(Direction, node.get("direction", "forward")),
        rolls_forward=yes(node, "rolls_forward"),
        least_working_days=int(node.get("least_working_days", "0")),
        day_after=yes(node, "day_after"),
        never_on_rest_days=yes(node, "never_on_rest_days"),
        uncertain=text(id_, node, "uncertain") if "uncertain" in node else None,
        count_fact="" if node["count"][0].isdecimal() else node["count"].split()[0],
    )


def count(written: str) -> Count:
    number, _, unit = written.partition(" ")
    return Count(
        int(number) if number.isdecimal() else 0, UNITS[unit.removesuffix("s")]
    )


def text(id_: str, node: Node, field: str) -> Text:
    return Text(f"deadlines.{id_}.{field}", node[field])


def yes(node: Node, field: str) -> bool:
    return {"yes": True, "no": False}[node.get(field, "no")]
