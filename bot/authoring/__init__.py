"""What authors can do with the content: a file for each sort of command."""
