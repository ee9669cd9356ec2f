"""What stands in a drawing of a flow, in Dutch."""

from collections.abc import Mapping
from typing import Final

DRAWING: Final[Mapping[str, str]] = {
    "There is no flow “{flow}”.{hint} There are: {flows}.": (
        "Er is geen flow “{flow}”.{hint} Wel: {flows}."
    ),
    "Begin": "Begin",
    "Advice": "Advies",
    "All flows": "Alle flows samen",
    "back to “{name}”": "terug naar “{name}”",
    "“{name}” does not exist": "“{name}” bestaat niet",
    "Comes from: {flows}": "Komt uit: {flows}",
    "The questions of “{flow}” come next.": "Daarna komen de vragen van “{flow}”.",
    "{name}, questions: {count}": "{name}, vragen: {count}",
    "{played} of {all} are played": "nagespeeld: {played} van {all}",
    "played in a scenario": "nagespeeld in een scenario",
    "in no scenario yet": "nog in geen scenario",
    "all its questions are played": "alle vragen nagespeeld in scenario’s",
    "not all its questions are played": "niet alle vragen nagespeeld",
    "check warns of it": "“let op” van check",
    "check finds an error": "fout, zie check",
    "changed": "veranderd",
    "another flow": "een andere flow",
    "the advice": "het advies",
    "otherwise": "anders",
    "never": "nooit",
    "known": "bekend",
    "not known": "niet bekend",
    "not {part}": "niet {part}",
    "“{name}”": "“{name}”",
    "({part})": "({part})",
    "{name}: {said}": "{name}: {said}",
    "{first} or {other}": "{first} of {other}",
    "{first} and {other}": "{first} en {other}",
    "today": "vandaag",
    "days from {begin} to {end}": "dagen van {begin} tot {end}",
    "before {value}": "vóór {value}",
    "on or before {value}": "op of vóór {value}",
    "after {value}": "na {value}",
    "on or after {value}": "op of na {value}",
    "less than {value}": "minder dan {value}",
    "at most {value}": "hoogstens {value}",
    "more than {value}": "meer dan {value}",
    "at least {value}": "minstens {value}",
}
