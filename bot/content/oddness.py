"""How odd a line would look with one letter or sign undone; the least odd was meant."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Final

KEY: Final = re.compile(r" *(?:- )*(?P<key>[^:#]*?) *:(?: |$)")
NAME: Final = re.compile(r"[\w][\w.-]*")
PICTURES: Final = "\u2190"
KEY_INSIDE: Final = re.compile(r" *(?:- )*[^:#]*:[^\W\d][^:]*: ")
LONE_FIRST: Final = re.compile(r" *(?:- )*[^\W\d] \w")
INNER_KEY: Final = re.compile(r"[{,] *([^:,{}\[\]]+(?::[^ :,]+)?[^:,{}\[\]]*):(?: |$)")
ODD_LOOK: Final = re.compile(
    r"\w[\[\]{}\"]+\w|[\]}][\"']|  \S|[\[{,] *,| ,|, *[\]}]|\b[^\W\dU] \w"
    r"|[\w:\"'][,\]}]\w|[a-z][A-Z]"
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line as it stands and as it may be meant; `names` stand elsewhere, too."""

    line: str
    changed: str
    names: Collection[str]

    @property
    def key(self) -> str | None:
        found = KEY.match(self.changed)
        return found["key"] if found else None

    @property
    def inner_keys(self) -> Sequence[str]:
        """Keys inside brackets."""
        return [one.strip("\"' ") for one in INNER_KEY.findall(self.changed)]

    def unknown(self, words: Collection[str]) -> int:
        return sum(one not in self.names for one in words)


def oddness(candidate: Candidate) -> int:
    return sum(weight * count(candidate) for weight, count in WEIGHTS)


def letters(line: str) -> str:
    """What is seldom lost: letters, digits and pictures."""
    return "".join(one for one in line if one.isalnum() or one >= PICTURES)


def _lost_letters(candidate: Candidate) -> int:
    return len(letters(candidate.line)) - len(letters(candidate.changed))


def _made_names(candidate: Candidate) -> int:
    """Unknown names that did not stand in the line, not even with a letter more."""
    typed = set(NAME.findall(candidate.line))
    shorter = {part for one in typed for part in (one[1:], one[:-1])}
    return candidate.unknown(set(NAME.findall(candidate.changed)) - typed - shorter)


def _unknown_ids(candidate: Candidate) -> int:
    return candidate.unknown(
        [one for one in NAME.findall(candidate.changed) if "_" in one]
    )


def _unknown_inner_keys(candidate: Candidate) -> int:
    return candidate.unknown(candidate.inner_keys)


def _inner_keys_with_a_space(candidate: Candidate) -> int:
    return candidate.unknown([one for one in candidate.inner_keys if " " in one])


def _known_inner_keys(candidate: Candidate) -> int:
    return len(candidate.inner_keys) - candidate.unknown(candidate.inner_keys)


def _is_known_key(candidate: Candidate) -> bool:
    return candidate.key is not None and candidate.key in candidate.names


def _is_unknown_key_with_a_space(candidate: Candidate) -> bool:
    return " " in (candidate.key or "") and not _is_known_key(candidate)


def _odd_places(candidate: Candidate) -> int:
    """Where one sign too many or too few seems to stand."""
    line = candidate.changed
    lone = LONE_FIRST.match(line) is not None
    return len(ODD_LOOK.findall(line.strip())) + line.count('"') % 2 + lone


def _has_a_key_inside_a_word(candidate: Candidate) -> bool:
    return KEY_INSIDE.match(candidate.changed) is not None


def _becomes_a_note(candidate: Candidate) -> bool:
    return candidate.changed.lstrip().startswith("#")


def _is_longer(candidate: Candidate) -> bool:
    return len(candidate.changed) > len(candidate.line)


def _is_swap(candidate: Candidate) -> bool:
    """Of two letters; a space that is moved is none."""
    line, changed = candidate.line, candidate.changed
    moved = line.replace(" ", "") == changed.replace(" ", "")
    return Counter(line) == Counter(changed) and not moved


WEIGHTS: Final[Sequence[tuple[int, Callable[[Candidate], int]]]] = (
    (4, _made_names),
    (4, _becomes_a_note),
    (4, _has_a_key_inside_a_word),
    (3, _lost_letters),
    (2, _odd_places),
    (2, _unknown_ids),
    (2, _unknown_inner_keys),
    (2, _inner_keys_with_a_space),
    (2, _is_unknown_key_with_a_space),
    (1, _is_longer),
    (-2, _is_known_key),
    (-2, _is_swap),
    (-4, _known_inner_keys),
)
"""What is seldom meant, the more so the higher; what is often meant, below zero."""
