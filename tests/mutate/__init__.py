"""Slips of the hand in every shipped file: each is found where it was made."""
