"""For who edits the content: what is wrong with it, what it does, what changed."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from bot.commands.ending import (
    COULD_NOT_RUN,
    FINE,
    PROBLEMS,
    or_stop,
    read_settings,
    stop,
)
from bot.commands.options import Json, Lang, Today, Tongue
from bot.problems import told
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.coverage import Households
    from bot.reports import Form


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
    from bot.authoring import checking
    from bot.reports import print_lost, print_more, print_problems

    chosen = read_settings()
    form: Form = "json" if json else "github" if github else "text"
    if live:
        from bot import operating

        lost = or_stop(lambda: operating.lost_by_change(chosen, lang.value), lang)
        print_lost(lost, form=form, language=lang.value)
        raise typer.Exit(PROBLEMS if lost else FINE)
    problems, desks = or_stop(
        lambda: checking.checked_with_desks(chosen, release=release), lang
    )
    print_problems(problems, form=form, language=lang.value)
    if form == "text" and desks:
        typer.echo(desks.words(lang.value))
    if form == "text":
        print_more(problems, lang.value)
    wrong = any(problem.severity == "error" for problem in problems)
    raise typer.Exit(PROBLEMS if wrong else FINE)


def explain(
    code: Annotated[str, typer.Argument(help="As check prints it: limits.")] = "",
) -> None:
    """What a code of `check` means and what to do then, in Dutch; or all codes."""
    from bot.explaining import explanations, for_terminal, overview
    from bot.problems import did_you_mean

    pages = explanations()
    asked = code.strip("[] ")
    if not asked:
        typer.echo(overview())
    elif asked in pages:
        typer.echo(for_terminal(pages[asked]))
    else:
        hint = did_you_mean(asked, pages)
        stop(
            told("There is no code “{code}”.{hint}", code=asked, hint=hint).words("nl")
        )


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

    chosen, named = read_settings(), files or []
    if write_missing and (json or len(named) > 1):
        alone = told("--write-missing goes with one file at most, and not with --json.")
        stop(alone.words(lang.value))
    played = [] if write_missing else named
    results, problems = or_stop(
        lambda: playing.played(chosen, played, lang.value), lang
    )
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

    found = or_stop(lambda: playing.missing_of(households), lang)
    text = pasted_all(households.library, found, lang.value)
    if named == [Path("-")]:
        typer.echo(text, nl=False)
    elif found.found:
        file = named[0] if named else None
        path = or_stop(lambda: playing.write_scenarios(chosen, file, text), lang)
        print_written(found, path, language=lang.value)
    print_unfound(households.library, found, language=lang.value)
    raise typer.Exit(FINE if found.fine else PROBLEMS)


def prove(
    today: Today = None,
    json: Json = False,
    lang: Lang = Tongue.nl,
) -> None:
    """Show that every family gets help, or the shortest household that does not."""
    from bot.authoring import proving
    from bot.reports import Form, print_problems, print_proofs

    chosen = read_settings()
    day = today.date() if today else None
    found, problems = or_stop(lambda: proving.proved(chosen, day, lang.value), lang)
    if problems:
        form: Form = "json" if json else "text"
        print_problems(problems, form=form, language=lang.value)
        raise typer.Exit(COULD_NOT_RUN)
    fine = print_proofs(found, as_json=json, language=lang.value)
    raise typer.Exit(FINE if fine else PROBLEMS)


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

    chosen = read_settings()
    found = or_stop(lambda: comparing.changed(chosen, revision, lang.value), lang)
    print_comparison(found, form="json" if json else "text", language=lang.value)


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

    chosen = read_settings()
    if approvals is not None:
        found = or_stop(lambda: comparing.changed(chosen, revision, lang.value), lang)
        missing, said = still_to_read(found, approvals)
        typer.echo(said.words(lang.value))
        raise typer.Exit(PROBLEMS if missing else FINE)
    made = or_stop(lambda: comparing.reviewed(chosen, revision, lang.value), lang)
    typer.echo(comment(made, lang.value), nl=False)
    raise typer.Exit(FINE if made.is_fine else PROBLEMS)


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

    chosen = read_settings()
    shown = or_stop(
        lambda: drawing.drawn(chosen, flow, lang.value, since=changed, mermaid=mermaid),
        lang,
    )
    if out is None:
        typer.echo(shown.encode(), nl=False)
        return
    try:
        out.write_text(shown, encoding="utf-8")
    except OSError as error:
        stop(f"{out}: {error.strerror}")
    typer.echo(out)
