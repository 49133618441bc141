"""Fiches as they are written: front matter, body, criteria, the catalogue they make."""
