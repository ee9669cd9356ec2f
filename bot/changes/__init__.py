"""Two versions of the content → what is different now, in words."""

from bot.changes.values import Change, Version


def changes(before: Version, after: Version) -> tuple[Change, ...]:
    """In the order of the files: questions first. Nothing when nothing changed.

    Comments, and another order of things that have no order, are no change.
    """
    return ()
