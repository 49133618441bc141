"""How many replies a day, by status and by act: counted in memory, kept in a small file, without any text."""
