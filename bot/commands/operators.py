"""For who runs the bot: its database and its keys."""

import typer

from bot.commands.ending import or_stop, read_settings

keys = typer.Typer(help="The keys that seal what families say.")


def migrate() -> None:
    """Bring the tables of DATABASE up to date; `run` does it by itself on SQLite."""
    from bot import operating

    done = or_stop(lambda: operating.migrate(read_settings()))
    for number in done:
        typer.echo(f"schema {number} is done")
    typer.echo("The database is up to date.")


@keys.callback(invoke_without_command=True)
def key_numbers(context: typer.Context) -> None:
    """Which keys there are, by number; `rotate` adds one."""
    from bot import operating

    if context.invoked_subcommand is None:
        *older, newest = or_stop(lambda: operating.key_numbers(read_settings()))
        for number in older:
            typer.echo(f"key {number} opens")
        typer.echo(f"key {newest} opens and seals")


@keys.command()
def rotate() -> None:
    """A new key that seals from now on; the one before still opens."""
    from bot import operating

    before, newest = or_stop(lambda: operating.rotate_keys(read_settings()))
    typer.echo(
        f"key {newest} is new. The running program takes it over within ten seconds"
        " and seals everything again.\n"
        f"Do this again only after that: the next time, key {before} goes."
    )
