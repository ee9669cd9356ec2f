"""`python -m tests.bench.echo_ptb URL TOKEN httpx|aiohttp`: the barest bot with PTB."""

import sys

from telegram import Update
from telegram.ext import (
    Application,
    ApplicationBuilder,
    ContextTypes,
    MessageHandler,
    filters,
)

AT_ONCE = 32


async def echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    if update.effective_message is not None:
        await update.effective_message.reply_text(update.effective_message.text or "")


def application(url: str, token: str, http: str) -> "Application":  # type: ignore[type-arg]
    """`httpx`: all as installed. `aiohttp`: our HTTP client, many updates at once."""
    builder = ApplicationBuilder().token(token).base_url(f"{url}/bot")
    if http == "aiohttp":
        from bot.telegram.request import AiohttpRequest

        builder = builder.request(AiohttpRequest()).concurrent_updates(AT_ONCE)
        builder = builder.get_updates_request(AiohttpRequest(connections=2))
    return builder.build()


def main() -> None:
    url, token, http = sys.argv[1:]
    made = application(url, token, http)
    made.add_handler(MessageHandler(filters.TEXT, echo))
    made.run_polling()


if __name__ == "__main__":
    main()
