"""Rebuild the committed tables from their public sources, and show what changed."""
