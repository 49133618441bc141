"""The officer's board, behind a token: what was asked and answered, what is said of it, what to look at."""
