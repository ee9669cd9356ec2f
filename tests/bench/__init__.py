"""How fast and how small the bot is, each figure beside a bare one of the same run."""
