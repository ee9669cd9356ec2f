"""The real program is killed at every point of a turn; each family is judged after."""
