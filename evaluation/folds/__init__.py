"""Folds of fiches: the assistant on schemes that nobody prepared it for, each fold known without its own."""
