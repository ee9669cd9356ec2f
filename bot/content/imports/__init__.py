"""Public registers, turned into tables and lists of volunteers."""
