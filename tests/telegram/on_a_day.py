"""`python -m tests.telegram.on_a_day 2026-11-26`: the real program, on another day."""

import sys
from datetime import date

from bot.operating import run_telegram
from bot.settings import settings


def main() -> None:
    chosen = settings()
    assert chosen.telegram_token is not None
    token = chosen.telegram_token.get_secret_value()
    run_telegram(chosen, token, today=date.fromisoformat(sys.argv[1]))


if __name__ == "__main__":
    main()
