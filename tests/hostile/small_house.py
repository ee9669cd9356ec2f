"""`python -m tests.hostile.small_house`: the real program, slow and soon too full."""

from bot.operating import run_telegram
from bot.settings import settings
from bot.telegram import intake, turns

MOST = 30


def main() -> None:
    intake.MOST = MOST
    intake.MOST_OF_ONE = 3
    turns.BURST = 0
    chosen = settings()
    assert chosen.telegram_token is not None
    run_telegram(chosen, chosen.telegram_token.get_secret_value())


if __name__ == "__main__":
    main()
