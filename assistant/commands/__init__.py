"""The commands of the console script, one a file; each keeps its heavy imports inside."""
