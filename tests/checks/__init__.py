"""Checks over the content: what each finds, and what it lets through."""
