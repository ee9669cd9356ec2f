"""The commands: they read arguments, call, and print; nothing else."""
