"""Volunteers spoil, mend and change the content while families talk with the bot."""
