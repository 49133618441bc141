"""The commands that evaluation adds to the console script."""
