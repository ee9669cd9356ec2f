"""What holds for every household, each with the time that it took."""

from collections.abc import Iterator, Sequence
from datetime import date
from time import perf_counter

from bot.app import library_of, now
from bot.content.read_promises import read_promises
from bot.library import Library
from bot.pasting import pasted
from bot.problems import Language, Problem
from bot.promises import Promise
from bot.proofs import expected, proofs
from bot.proving import Proof
from bot.settings import Settings


def proved(
    settings: Settings, today: date | None, language: Language
) -> tuple[Iterator[tuple[Proof, float, str]], tuple[Problem, ...]]:
    """Each property with its seconds and the household that breaks it, to paste.

    Or what is wrong with the promises themselves.
    """
    library = library_of(settings, language)
    promises, problems = read_promises(settings.content, library)
    day = today or now().date()
    return _timed(library, day, promises, language), problems


def _timed(
    library: Library, today: date, promises: Sequence[Promise], language: Language
) -> Iterator[tuple[Proof, float, str]]:
    begun = perf_counter()
    for proof in proofs(library, today, promises):
        shown = ""
        if proof.broken and proof.broken.household:
            household, expect = proof.broken.household, expected(proof)
            name = proof.name.words(language)
            shown = pasted(library, household, name, expect)
        ended = perf_counter()
        yield proof, ended - begun, shown
        begun = ended
