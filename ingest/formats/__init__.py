"""Formats that documents come in: a file each, which gives the parts of a document."""
