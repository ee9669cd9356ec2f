"""The words file and the crisis file → what the conversation itself says and hears."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from bot.content.author import Author
from bot.content.schema import CrisisFile, PlainWordsFile, WordsFile
from bot.conversation.crisis import AGE, Crisis, pattern
from bot.conversation.reading import fold
from bot.problems import did_you_mean, nearest, told
from bot.translations import BRACES, Text, is_tongue

ACTS = frozenset(
    {
        *("back", "stop", "wipe", "restart", "start", "go_on"),
        *("person", "emergency", "language", "help", "privacy", "data"),
    }
)
"""What a word that works everywhere can do; beside these, `lang.` and a language."""

IN = "lang."
"""Before the code of a language, in a word that chooses it."""

ANSWERS = ("unsure", "yes", "no")
"""Texts that the questions themselves are made with."""


@dataclass(frozen=True, slots=True)
class Words:
    """The engine's texts by key, and the words it hears everywhere."""

    texts: Mapping[str, Text]
    global_words: Mapping[str, str]
    yes_no: Mapping[str, str]
    unsure: tuple[str, ...]
    """What means “I don't know” at every question."""

    language_names: Mapping[str, str]

    def meaning(self, answer: str) -> tuple[str, ...]:
        """All words for yes, or for no."""
        return tuple(word for word, means in self.yes_no.items() if means == answer)


def read_words(author: Author, file: WordsFile) -> Words:
    texts = {
        key: author.text(("texts", key), f"words.{key}", words)
        for key, words in file.texts.items()
    }
    for key in ANSWERS:
        if key not in texts:
            hint = did_you_mean(key, texts)
            message = told("The text “{key}” is missing.{hint}", key=key, hint=hint)
            author.problem(("texts",), "missing-words", message)
            texts[key] = Text(f"words.{key}", key)
    global_words: dict[str, str] = {}
    languages = _languages(author, file)
    acts = ACTS | {f"{IN}{code}" for code in languages}
    for act, spellings in file.global_words.items():
        if act not in acts:
            author.unknown(("global_words", act), "act", act, acts)
        for number, word in enumerate(spellings):
            folded = _spoken(word)
            if global_words.setdefault(folded, act) != act:
                author.problem(
                    ("global_words", act, number),
                    "double-word",
                    told(
                        "“{word}” already means {act}.",
                        word=word,
                        act=global_words[folded],
                    ),
                )
    yes_no = {_spoken(word): "yes" for word in file.yes}
    yes_no |= {_spoken(word): "no" for word in file.no}
    unsure = tuple(file.unsure)
    return Words(texts, global_words, yes_no, unsure, languages)


def _languages(author: Author, file: WordsFile) -> Mapping[str, str]:
    """Names by code; one that is no language is told, and read as it was meant."""
    acts = (act for act in file.global_words if act.startswith(IN))
    heard = [act.removeprefix(IN) for act in acts]
    found: dict[str, str] = {}
    for code, name in file.languages.items():
        meant = code
        if not is_tongue(code):
            author.unknown(("languages", code), "language", code, heard)
            meant = nearest(code, heard) or code
        found[meant] = name
    return found


def read_plain_words(
    author: Author, file: PlainWordsFile, languages: Collection[str]
) -> Mapping[str, Mapping[str, str]]:
    """Hard words in small letters; a plain word that is hard itself is a mistake."""
    found: dict[str, dict[str, str]] = {}
    for language, words in file.plain_words.items():
        if language not in languages:
            author.unknown(("plain_words", language), "language", language, languages)
        found[language] = {hard.lower(): plain for hard, plain in words.items()}
        for hard, plain in words.items():
            if plain.lower() in found[language]:
                message = told("“{plain}” is itself a hard word here.", plain=plain)
                author.problem(("plain_words", language, hard), "plain-word", message)
    return found


def _spoken(word: str) -> str:
    """As the engine hears it: folded, but a lone emoji stays itself."""
    return fold(word) or word


def read_crises(
    author: Author, file: CrisisFile, organisations: Mapping[str, object]
) -> Iterator[Crisis]:
    for name, entry in file.crisis.items():
        for number, one in enumerate(entry.organisations):
            if one not in organisations:
                path = ("crisis", name, "organisations", number)
                author.unknown(path, "organisation", one, organisations)
        for number, phrase in enumerate(entry.words):
            if BRACES.search(phrase.replace(AGE, "")):
                message = told(
                    "Only {age} can stand in braces here: the age of a child.", age=AGE
                )
                author.problem(("crisis", name, "words", number), "odd-braces", message)
            if not fold(phrase.replace(AGE, "")):
                path = ("crisis", name, "words", number)
                message = told(
                    "This phrase has no words, so every message would match it."
                )
                author.problem(path, "empty-phrase", message)
        say = author.text(("crisis", name, "say"), f"crisis.{name}.say", entry.say)
        yield Crisis(
            name,
            pattern(entry.words),
            say,
            tuple(entry.organisations),
            entry.ends,
            tuple(entry.words),
        )
