"""Plans: the lines of an answer, one file a kind of answer."""
