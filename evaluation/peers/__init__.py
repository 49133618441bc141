"""Other ways to search, as their own documentation sets them up."""
