"""Exchanges with a model that chooses: what it was offered, what it chose, and the same said again later."""
