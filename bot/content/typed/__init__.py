"""What a volunteer typed, line by line: every value knows its place."""
