"""What authors are told, in Dutch: one file for each part of the code that tells."""
