"""python -m bot: the same as the installed command `drempel`."""

from bot.cli import main

main()
