"""The criterion on a closed list: the commune was chosen, and stands in it."""

from __future__ import annotations

from assistant.eligibility.facts import laureate_key
from assistant.eligibility.kinds.on_lists import OnLists
from corpus.labels import TerritoryList


class Laureate(OnLists):
    """It stands in one of these lists."""

    interest = 1

    @staticmethod
    def key(list_id: TerritoryList) -> str:
        """Key of the fact that the commune stands in a list."""
        return laureate_key(list_id)
