"""Compare and time, side by side in one run: searches, sizes, variants, the server, a model."""
