"""What keeps the content up to date: translations, numbers, tables, pages."""

from collections.abc import Callable, Sequence
from typing import Annotated

import typer

from bot.commands.ending import FINE, PROBLEMS, or_stop, read_settings
from bot.commands.options import Given, Lang, Tongue
from bot.problems import Told, told
from bot.settings import Settings

imports = typer.Typer(help="Make tables from public files.", no_args_is_help=True)


def translations(lang: Lang = Tongue.nl) -> None:
    """Bring new and changed Dutch texts into locales/; changed ones become fuzzy."""
    from bot.authoring import keeping

    chosen = read_settings()
    done = or_stop(lambda: keeping.translations(chosen, lang.value), lang)
    for language, missing in done:
        typer.echo(_to_translate(language, missing).words(lang.value))


def _to_translate(language: str, missing: int) -> Told:
    if missing == 1:
        return told("{language}: 1 text to translate", language=language)
    return told(
        "{language}: {missing} texts to translate", language=language, missing=missing
    )


def organisations(
    check: Annotated[
        bool, typer.Option("--check", help="Check them now, one by one.")
    ] = False,
    lang: Lang = Tongue.nl,
) -> None:
    """Which numbers nobody dialled, or too long ago; and a round to dial them."""
    from bot.authoring import dialling
    from bot.volunteer import table

    chosen = read_settings()
    if check:
        or_stop(lambda: _round(chosen, lang), lang)
        return
    found = or_stop(lambda: dialling.unchecked_organisations(chosen, lang.value), lang)
    for line in table(found, lang.value):
        typer.echo(line)
    wrong = any(one.severity == "error" for one in found)
    raise typer.Exit(PROBLEMS if wrong else FINE)


def _round(chosen: Settings, lang: Tongue) -> None:
    from bot.authoring import dialling
    from bot.volunteer import Terminal

    def ask(question: Told, default: str) -> str:
        words = question.words(lang.value)
        return str(typer.prompt(words, default=default, show_default=bool(default)))

    def say(line: Told) -> None:
        typer.echo(line.words(lang.value))

    try:
        dialling.check_organisations(chosen, Terminal(ask, say), lang.value)
    except (typer.Abort, KeyboardInterrupt):
        # Ctrl-C or Ctrl-D: every answer stands in its file already.
        say(told("\nStopped. What is kept stays kept."))


def schemas(
    write: Annotated[bool, typer.Option(help="Make it new where it is old.")] = False,
    lang: Lang = Tongue.nl,
) -> None:
    """Whether the help that editors show beside flows/ is up to date."""
    from bot.authoring import keeping

    found = or_stop(lambda: keeping.schemas(read_settings(), write=write), lang)
    for path in map(str, found):
        old, new = told("{file} is old", file=path), told("{file} is new", file=path)
        typer.echo((new if write else old).words(lang.value))
    if found and not write:
        typer.echo(told("Now run: drempel schemas --write").words(lang.value))
        raise typer.Exit(PROBLEMS)


def lawyer(
    write: Annotated[
        bool, typer.Option(help="Write the page into bot/handbook/ instead.")
    ] = False,
) -> None:
    """Every legal statement families can read, for a lawyer to sign."""
    from bot.authoring import keeping

    chosen = read_settings()
    if write:
        typer.echo(or_stop(lambda: keeping.write_lawyer(chosen)))
        return
    typer.echo(or_stop(lambda: keeping.lawyer(chosen)), nl=False)


@imports.command()
def geonames(postal: Given, cities: Given, lang: Lang = Tongue.nl) -> None:
    """Postcodes, names and municipalities, from two files of GeoNames."""
    from bot.authoring import importing

    _import(lambda: importing.import_geonames(read_settings(), postal, cities), lang)


@imports.command()
def cbs(addresses: Given, lang: Lang = Tongue.nl) -> None:
    """Postcodes, from the file of CBS with a municipality per address."""
    from bot.authoring import importing

    _import(lambda: importing.import_cbs(read_settings(), addresses), lang)


@imports.command()
def register(export: Given, lang: Lang = Tongue.nl) -> None:
    """A file per municipality, from the Register van Overheidsorganisaties."""
    from bot.authoring import importing

    _import(lambda: importing.import_register(read_settings(), export), lang)


def _import(work: Callable[[], Sequence[Told]], lang: Tongue) -> None:
    for note in (*or_stop(work, lang), told("Done. Now run: drempel check")):
        typer.echo(note.words(lang.value))
