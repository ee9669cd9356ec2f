"""The commands: they read arguments, call, and print; nothing else."""

from collections.abc import Callable, Sequence
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn, TypeVar

import typer

from bot.problems import Told, told
from bot.settings import Settings, SettingsError, settings

if TYPE_CHECKING:
    from bot.coverage import Households
    from bot.reports import Form

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


class Tongue(StrEnum):
    """The languages in which authors are told what is wrong."""

    nl = "nl"
    en = "en"


Lang = Annotated[Tongue, typer.Option(help="Say it in Dutch or in English.")]


def main() -> None:
    """The installed command."""
    app()


@app.command()
def run() -> None:
    """The bot on Telegram; without TELEGRAM_TOKEN, the conversation in the terminal."""
    chosen = _settings()
    if chosen.telegram_token is None:
        typer.echo(NO_TOKEN)
        _talk(chosen)
        return
    _run_telegram(chosen, chosen.telegram_token.get_secret_value())


@app.command()
def talk(
    today: Today = None,
    at: Annotated[
        datetime | None, typer.Option(formats=["%H:%M"], help="As if at this hour.")
    ] = None,
    lang: Annotated[str, typer.Option(help="Begin in this language.")] = "",
    begin: Annotated[
        str, typer.Option("--from", help="Begin at this question, or this advice.")
    ] = "",
    answers: Annotated[
        str, typer.Option(help="A file of scenarios: answer as the household there.")
    ] = "",
) -> None:
    """The conversation in the terminal. Nothing is kept."""
    _talk(_settings(), today, at, language=lang, begin=begin, answers=answers)


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
    lang: Lang = Tongue.nl,
) -> None:
    """Read all content and say everything that is wrong with it."""
    from bot import operating
    from bot.authoring import checking
    from bot.reports import print_lost, print_more, print_problems

    chosen = _settings()
    form: Form = "json" if json else "github" if github else "text"
    if live:
        lost = _or_stop(lambda: operating.lost_by_change(chosen, lang.value))
        print_lost(lost, form=form, language=lang.value)
        raise typer.Exit(PROBLEMS if lost else FINE)
    problems = _or_stop(lambda: checking.checked(chosen, release=release))
    print_problems(problems, form=form, language=lang.value)
    if form == "text" and (desks := checking.own_desks_told(chosen)):
        typer.echo(desks.words(lang.value))
    if form == "text":
        print_more(problems, lang.value)
    wrong = any(problem.severity == "error" for problem in problems)
    raise typer.Exit(PROBLEMS if wrong else FINE)


@app.command()
def explain(
    code: Annotated[str, typer.Argument(help="As check prints it: limits.")] = "",
) -> None:
    """What a code of `check` means and what to do then, in Dutch; or all codes."""
    from bot.explaining import explanations, for_terminal, overview
    from bot.problems import did_you_mean, told

    pages = explanations()
    asked = code.strip("[] ")
    if not asked:
        typer.echo(overview())
    elif asked in pages:
        typer.echo(for_terminal(pages[asked]))
    else:
        hint = did_you_mean(asked, pages)
        _stop(
            told("There is no code “{code}”.{hint}", code=asked, hint=hint).words("nl")
        )


@app.command("test")
def scenarios(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Scenario files; all when left out.")
    ] = None,
    json: Json = False,
    write_missing: Annotated[
        bool,
        typer.Option(
            "--write-missing",
            help="Write a household for each gap: into missing.yaml, or the file"
            " named; - prints them.",
        ),
    ] = False,
    lang: Lang = Tongue.nl,
) -> None:
    """Play the households in flows/scenarios/ and compare what they are told."""
    from bot.authoring import playing
    from bot.reports import print_households, print_problems

    chosen, named = _settings(), files or []
    if write_missing and (json or len(named) > 1):
        _stop("--write-missing goes with one file at most, and not with --json.")
    played = [] if write_missing else named
    results, problems = _or_stop(lambda: playing.played(chosen, played, lang.value))
    if problems:
        form: Form = "json" if json else "text"
        print_problems(problems, form=form, language=lang.value)
        raise typer.Exit(COULD_NOT_RUN)
    if write_missing:
        _write_missing(chosen, results, named, lang)
    print_households(results, as_json=json, language=lang.value)
    raise typer.Exit(FINE if results.fine else PROBLEMS)


def _write_missing(
    chosen: Settings, households: "Households", named: Sequence[Path], lang: Tongue
) -> NoReturn:
    from bot.authoring import playing
    from bot.missing_told import pasted_all
    from bot.reports import print_unfound, print_written

    found = _or_stop(lambda: playing.missing_of(households))
    text = pasted_all(households.library, found, lang.value)
    if named == [Path("-")]:
        typer.echo(text, nl=False)
    elif found.found:
        file = named[0] if named else None
        path = _or_stop(lambda: playing.write_scenarios(chosen, file, text))
        print_written(found, path, language=lang.value)
    print_unfound(households.library, found, language=lang.value)
    raise typer.Exit(FINE if found.fine else PROBLEMS)


@app.command()
def prove(
    today: Today = None,
    json: Json = False,
    lang: Lang = Tongue.nl,
) -> None:
    """Show that every family gets help, or the shortest household that does not."""
    from bot.authoring import proving
    from bot.reports import Form, print_problems, print_proofs

    chosen = _settings()
    day = today.date() if today else None
    found, problems = _or_stop(lambda: proving.proved(chosen, day, lang.value))
    if problems:
        form: Form = "json" if json else "text"
        print_problems(problems, form=form, language=lang.value)
        raise typer.Exit(COULD_NOT_RUN)
    fine = print_proofs(found, as_json=json, language=lang.value)
    raise typer.Exit(FINE if fine else PROBLEMS)


@app.command()
def diff(
    revision: Annotated[
        str, typer.Argument(metavar="[REV]", help="A commit or branch of git.")
    ] = "HEAD",
    json: Json = False,
    lang: Lang = Tongue.nl,
) -> None:
    """What changed for families since a revision of git, in words."""
    from bot.authoring import comparing
    from bot.reports import print_comparison

    chosen = _settings()
    found = _or_stop(lambda: comparing.changed(chosen, revision, lang.value))
    print_comparison(found, form="json" if json else "text", language=lang.value)


@app.command()
def review(
    revision: Annotated[
        str, typer.Argument(metavar="[REV]", help="What it is proposed to change.")
    ] = "HEAD",
    approvals: Annotated[
        int | None, typer.Option(help="Only say whether so many readers are enough.")
    ] = None,
    lang: Lang = Tongue.nl,
) -> None:
    """The comment under a proposal: what is wrong, what changes, who must look."""
    from bot.authoring import comparing
    from bot.review import comment, still_to_read

    chosen = _settings()
    if approvals is not None:
        found = _or_stop(lambda: comparing.changed(chosen, revision, lang.value))
        missing, said = still_to_read(found, approvals)
        typer.echo(said.words(lang.value))
        raise typer.Exit(PROBLEMS if missing else FINE)
    made = _or_stop(lambda: comparing.reviewed(chosen, revision, lang.value))
    typer.echo(comment(made, lang.value), nl=False)
    raise typer.Exit(FINE if made.is_fine else PROBLEMS)


@app.command()
def draw(
    flow: Annotated[
        str, typer.Argument(help="A flow, such as arrears; all together if left out.")
    ] = "",
    mermaid: Annotated[
        bool, typer.Option("--mermaid/--svg", help="Text for GitHub, or a picture.")
    ] = False,
    out: Annotated[
        Path | None, typer.Option(dir_okay=False, help="Write it into this file.")
    ] = None,
    changed: Annotated[
        str | None, typer.Option(metavar="REV", help="Mark what changed since then.")
    ] = None,
    lang: Annotated[
        Tongue, typer.Option(help="Draw it in Dutch or in English.")
    ] = Tongue.nl,
) -> None:
    """A flow as a picture: its questions, and what leads from one to the next."""
    from bot.authoring import drawing

    chosen = _settings()
    shown = _or_stop(
        lambda: drawing.drawn(chosen, flow, lang.value, since=changed, mermaid=mermaid)
    )
    if out is None:
        typer.echo(shown.encode(), nl=False)
        return
    try:
        out.write_text(shown, encoding="utf-8")
    except OSError as error:
        _stop(f"{out}: {error.strerror}")
    typer.echo(out)


@app.command()
def translations(lang: Lang = Tongue.nl) -> None:
    """Bring new and changed Dutch texts into locales/; changed ones become fuzzy."""
    from bot.authoring import keeping

    chosen = _settings()
    done = _or_stop(lambda: keeping.translations(chosen, lang.value))
    for language, missing in done:
        left = told(
            "{language}: {missing} texts to translate",
            language=language,
            missing=missing,
        )
        typer.echo(left.words(lang.value))


@app.command()
def organisations(
    check: Annotated[
        bool, typer.Option("--check", help="Check them now, one by one.")
    ] = False,
) -> None:
    """Which numbers nobody dialled, or too long ago; and a round to dial them."""
    from bot.authoring import dialling
    from bot.volunteer import table

    chosen = _settings()
    if check:
        _or_stop(lambda: _round(chosen))
        return
    found = _or_stop(lambda: dialling.unchecked_organisations(chosen))
    for line in table(found):
        typer.echo(line)
    wrong = any(one.severity == "error" for one in found)
    raise typer.Exit(PROBLEMS if wrong else FINE)


def _round(chosen: Settings) -> None:
    from bot.authoring import dialling
    from bot.volunteer import Terminal

    try:
        dialling.check_organisations(chosen, Terminal(_ask, typer.echo))
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
def geonames(postal: Given, cities: Given, lang: Lang = Tongue.nl) -> None:
    """Postcodes, names and municipalities, from two files of GeoNames."""
    from bot.authoring import importing

    _import(lambda: importing.import_geonames(_settings(), postal, cities), lang)


@imports.command()
def cbs(addresses: Given, lang: Lang = Tongue.nl) -> None:
    """Postcodes, from the file of CBS with a municipality per address."""
    from bot.authoring import importing

    _import(lambda: importing.import_cbs(_settings(), addresses), lang)


@imports.command()
def register(export: Given, lang: Lang = Tongue.nl) -> None:
    """A file per municipality, from the Register van Overheidsorganisaties."""
    from bot.authoring import importing

    _import(lambda: importing.import_register(_settings(), export), lang)


def _import(work: Callable[[], Sequence[Told]], lang: Tongue) -> None:
    for note in (*_or_stop(work), told("Done. Now run: drempel check")):
        typer.echo(note.words(lang.value))


@app.command()
def schemas(
    write: Annotated[bool, typer.Option(help="Make it new where it is old.")] = False,
) -> None:
    """Whether the help that editors show beside flows/ is up to date."""
    from bot.authoring import keeping

    found = _or_stop(lambda: keeping.schemas(_settings(), write=write))
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
    from bot.authoring import keeping

    chosen = _settings()
    if write:
        typer.echo(_or_stop(lambda: keeping.write_lawyer(chosen)))
        return
    typer.echo(_or_stop(lambda: keeping.lawyer(chosen)), nl=False)


def _talk(
    chosen: Settings,
    today: datetime | None = None,
    at: datetime | None = None,
    *,
    language: str = "",
    begin: str = "",
    answers: str = "",
) -> None:
    from bot import operating

    day = today.date() if today else None
    hour = at.time() if at else None
    _or_stop(
        lambda: operating.talk(
            chosen, day, hour, language=language, begin=begin, answers=answers
        )
    )


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
