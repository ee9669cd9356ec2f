"""The commands: they read arguments, call, and print; nothing else."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn, TypeVar

import typer

from bot.settings import Settings, SettingsError, settings

T = TypeVar("T")

FINE, PROBLEMS, COULD_NOT_RUN = 0, 1, 2

app = typer.Typer(
    help="Drempel helps families in the Netherlands keep their home.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

NO_TOKEN = """\
There is no TELEGRAM_TOKEN, so the conversation runs here in the terminal.
For Telegram: write to @BotFather, send /newbot, and start again with the token:
    TELEGRAM_TOKEN=12345:AbC-dEf make run
Type an answer or the number of a button. Ctrl-D ends.
"""

imports = typer.Typer(help="Make tables from public files.", no_args_is_help=True)
app.add_typer(imports, name="import")

keys = typer.Typer(help="The keys that seal what families say.")
app.add_typer(keys, name="keys")

Given = Annotated[Path, typer.Argument(exists=True, dir_okay=False)]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for other programs.")]
Today = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="Talk as if it were this day."),
]


def main() -> None:
    """The installed command."""
    app()


@app.command()
def run() -> None:
    """The bot on Telegram; without TELEGRAM_TOKEN, the conversation in the terminal."""
    chosen = _settings()
    if chosen.telegram_token is None:
        typer.echo(NO_TOKEN)
        _talk(chosen, None, "")
        return
    _run_telegram(chosen, chosen.telegram_token.get_secret_value())


@app.command()
def talk(
    today: Today = None,
    lang: Annotated[str, typer.Option(help="Begin in this language.")] = "",
) -> None:
    """The conversation in the terminal. Nothing is kept."""
    _talk(_settings(), today.date() if today else None, lang)


class Tongue(StrEnum):
    """The languages in which authors are told what is wrong."""

    nl = "nl"
    en = "en"


@app.command()
def check(
    json: Json = False,
    release: Annotated[
        bool, typer.Option(help="Also refuse numbers that nobody dialled.")
    ] = False,
    live: Annotated[
        bool, typer.Option(help="Instead, count families that a change leaves behind.")
    ] = False,
    github: Annotated[
        bool, typer.Option("--github", help="Print annotations for GitHub.")
    ] = False,
    lang: Annotated[
        Tongue, typer.Option(help="Say it in Dutch or in English.")
    ] = Tongue.nl,
) -> None:
    """Read all content and say everything that is wrong with it."""
    from bot import app as parts
    from bot import operating
    from bot.reports import Form, print_lost, print_problems

    chosen = _settings()
    if live:
        lost = _or_stop(lambda: operating.lost_by_change(chosen))
        print_lost(lost)
        raise typer.Exit(PROBLEMS if lost else FINE)
    problems = _or_stop(lambda: parts.checked(chosen, release=release))
    form: Form = "json" if json else "github" if github else "text"
    print_problems(problems, form=form, language=lang.value)
    if form == "text" and (covered := parts.coverage_of(chosen)):
        typer.echo(covered.words(lang.value))
    wrong = any(problem.severity == "error" for problem in problems)
    raise typer.Exit(PROBLEMS if wrong else FINE)


@app.command("test")
def scenarios(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Scenario files; all when left out.")
    ] = None,
    json: Json = False,
) -> None:
    """Play the households in flows/scenarios/ and compare what they are told."""
    from bot import app as parts
    from bot.reports import print_played, print_problems

    chosen = _settings()
    results, problems = _or_stop(lambda: parts.played(chosen, files or []))
    if problems:
        print_problems(problems, form="json" if json else "text")
        raise typer.Exit(COULD_NOT_RUN)
    print_played(results, as_json=json)
    raise typer.Exit(FINE if all(one.passed for one in results) else PROBLEMS)


@app.command()
def prove(today: Today = None, json: Json = False) -> None:
    """Show that every family gets help, or the shortest household that does not."""
    from bot import app as parts
    from bot.reports import print_problems, print_proofs

    chosen = _settings()
    day = today.date() if today else None
    found, problems = _or_stop(lambda: parts.proved(chosen, day))
    if problems:
        print_problems(problems, form="json" if json else "text")
        raise typer.Exit(COULD_NOT_RUN)
    fine = print_proofs(found, as_json=json)
    raise typer.Exit(FINE if fine else PROBLEMS)


@app.command()
def translations() -> None:
    """Bring new and changed Dutch texts into locales/; changed ones become fuzzy."""
    from bot import app as parts

    chosen = _settings()
    for language, missing in _or_stop(lambda: parts.translations(chosen)):
        typer.echo(f"{language}: {missing} texts to translate")


@app.command()
def organisations(
    check: Annotated[
        bool, typer.Option("--check", help="Check them now, one by one.")
    ] = False,
) -> None:
    """Which numbers nobody dialled, or too long ago; and a round to dial them."""
    from bot import app as parts
    from bot.volunteer import table

    chosen = _settings()
    if check:
        _or_stop(lambda: _round(chosen))
        return
    found = _or_stop(lambda: parts.unchecked_organisations(chosen))
    for line in table(found):
        typer.echo(line)
    wrong = any(one.severity == "error" for one in found)
    raise typer.Exit(PROBLEMS if wrong else FINE)


def _round(chosen: Settings) -> None:
    from bot import app as parts
    from bot.volunteer import Terminal

    try:
        parts.check_organisations(chosen, Terminal(_ask, typer.echo))
    except (typer.Abort, KeyboardInterrupt):
        # Ctrl-C or Ctrl-D: every answer stands in its file already.
        typer.echo("\nGestopt. Wat bewaard is, blijft bewaard.")


def _ask(question: str, default: str) -> str:
    return str(typer.prompt(question, default=default, show_default=bool(default)))


@app.command()
def migrate() -> None:
    """Bring the tables of DATABASE up to date; `run` does it by itself on SQLite."""
    from bot import operating

    done = _or_stop(lambda: operating.migrate(_settings()))
    for number in done:
        typer.echo(f"schema {number} is done")
    typer.echo("The database is up to date.")


@keys.callback(invoke_without_command=True)
def key_numbers(context: typer.Context) -> None:
    """Which keys there are, by number; `rotate` adds one."""
    from bot import operating

    if context.invoked_subcommand is None:
        *older, newest = _or_stop(lambda: operating.key_numbers(_settings()))
        for number in older:
            typer.echo(f"key {number} opens")
        typer.echo(f"key {newest} opens and seals")


@keys.command()
def rotate() -> None:
    """A new key that seals from now on; the one before still opens."""
    from bot import operating

    before, newest = _or_stop(lambda: operating.rotate_keys(_settings()))
    typer.echo(
        f"key {newest} is new. The running program takes it over within ten seconds"
        " and seals everything again.\n"
        f"Do this again only after that: the next time, key {before} goes."
    )


@imports.command()
def geonames(postal: Given, cities: Given) -> None:
    """Postcodes, names and municipalities, from two files of GeoNames."""
    from bot import app as parts

    _import(lambda: parts.import_geonames(_settings(), postal, cities))


@imports.command()
def cbs(addresses: Given) -> None:
    """Postcodes, from the file of CBS with a municipality per address."""
    from bot import app as parts

    _import(lambda: parts.import_cbs(_settings(), addresses))


@imports.command()
def register(export: Given) -> None:
    """A file per municipality, from the Register van Overheidsorganisaties."""
    from bot import app as parts

    _import(lambda: parts.import_register(_settings(), export))


def _import(work: Callable[[], Sequence[str]]) -> None:
    for note in _or_stop(work):
        typer.echo(note)
    typer.echo("Done. Now run: drempel check")


@app.command()
def schemas(
    write: Annotated[bool, typer.Option(help="Make it new where it is old.")] = False,
) -> None:
    """Whether the help that editors show beside flows/ is up to date."""
    from bot import app as parts

    found = _or_stop(lambda: parts.schemas(_settings(), write=write))
    for path in found:
        typer.echo(f"{path} {'is new' if write else 'is old'}")
    if found and not write:
        typer.echo("Now run: drempel schemas --write")
        raise typer.Exit(PROBLEMS)


@app.command()
def lawyer(
    write: Annotated[
        bool, typer.Option(help="Write the page into bot/handbook/ instead.")
    ] = False,
) -> None:
    """Every legal statement families can read, for a lawyer to sign."""
    from bot import app as parts

    chosen = _settings()
    if write:
        typer.echo(_or_stop(lambda: parts.write_lawyer(chosen)))
        return
    typer.echo(_or_stop(lambda: parts.lawyer(chosen)), nl=False)


def _talk(chosen: Settings, today: date | None, language: str) -> None:
    from bot import operating

    _or_stop(lambda: operating.talk(chosen, today=today, language=language))


def _run_telegram(chosen: Settings, token: str) -> None:
    from bot import operating

    _or_stop(lambda: operating.run_telegram(chosen, token))


def _settings() -> Settings:
    try:
        return settings()
    except SettingsError as error:
        _stop(str(error))


def _or_stop(work: Callable[[], T]) -> T:
    """What the work gives; one clear message and exit 2 when it cannot run."""
    from bot.app import CouldNotRunError

    try:
        return work()
    except CouldNotRunError as error:
        _stop(str(error))
    except KeyboardInterrupt:
        raise typer.Exit(FINE) from None


def _stop(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(COULD_NOT_RUN)
