"""Drempel: a conversation that helps families keep their home."""
