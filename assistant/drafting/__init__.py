"""From a programme document to a proposed fiche: what a sentence says is typed, the rest is said to be unknown."""
