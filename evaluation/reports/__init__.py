"""Show figures: on the terminal, as pages, as JUnit."""
