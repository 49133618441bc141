"""From a programme document to a proposed fiche: what is typed stands in a sentence, the rest is said to be unknown."""
