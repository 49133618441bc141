"""The criterion on a label: the commune bears one, or belongs to a programme."""

from __future__ import annotations

from assistant.eligibility.facts import label_key
from assistant.eligibility.kinds.on_lists import OnLists
from corpus.labels import TerritoryList


class Label(OnLists):
    """It bears one of these labels."""

    interest = 2

    @staticmethod
    def key(list_id: TerritoryList) -> str:
        """Key of the fact that the commune bears a label."""
        return label_key(list_id)
