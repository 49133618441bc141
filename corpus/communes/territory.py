"""The territory: communes, intercommunal bodies, former communes and lists, read together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from corpus.communes.commune import Commune, Epci, FormerCommune
from corpus.communes.lists import CommuneList, Membership
from corpus.communes.notice import Notice, Notices, read_notices
from corpus.communes.rules import agreement_problems, plausibility_problems
from corpus.communes.table import Located
from corpus.communes.tables import Tables, read_tables
from corpus.errors import CorpusError, Problem
from corpus.labels import TerritoryList

TERRITORY_DIR = Path(__file__).parents[1] / "territory"

_Item = TypeVar("_Item")


@dataclass(frozen=True)
class Territory:
    """What eligibility computes with; every mapping is read-only.

    Attributes:
        communes: by INSEE code, in ascending order.
        epci: by SIREN number.
        former_communes: by their own INSEE code.
        lists: every list of ``TerritoryList``.
        notices: where each table comes from.
    """

    communes: Mapping[str, Commune]
    epci: Mapping[str, Epci]
    former_communes: Mapping[str, FormerCommune]
    lists: Mapping[TerritoryList, CommuneList]
    notices: Mapping[str, Notice]

    @cached_property
    def populations(self) -> tuple[int, ...]:
        """The inhabitants of each commune, the fewest first."""
        return tuple(sorted(commune.population for commune in self.communes.values()))

    @cached_property
    def by_department(self) -> Mapping[str, int]:
        """How many communes each department has, by its number."""
        return MappingProxyType(Counter(commune.department for commune in self.communes.values()))

    def epci_of(self, commune: Commune) -> Epci:
        """Return the intercommunal body of a commune."""
        return self.epci[commune.epci_siren]

    def membership(self, insee: str, list_id: TerritoryList) -> Membership:
        """Say whether a commune is on a list: yes, no or unknown, and by which source."""
        return self.lists[list_id].membership(insee)

    def lists_of(self, insee: str) -> tuple[tuple[TerritoryList, Membership], ...]:
        """Return what each list says of a commune, in the order of ``TerritoryList``."""
        return tuple((list_id, self.membership(insee, list_id)) for list_id in TerritoryList)


def load_territory(folder: Path = TERRITORY_DIR) -> Territory:
    """Read the folder and check that its files agree with one another.

    Raises:
        CorpusError: with every problem of every file.
    """
    tables, notices, problems = _read(folder)
    problems += agreement_problems(tables)
    if problems or notices is None:
        raise CorpusError(problems)
    return Territory(
        communes=_plain(tables.communes),
        epci=_plain(tables.epci),
        former_communes=_plain(tables.former),
        lists=MappingProxyType(
            {
                list_id: CommuneList(list_id, notice, _plain(tables.lists[list_id]))
                for list_id, notice in notices.lists.items()
            }
        ),
        notices=MappingProxyType(notices.tables),
    )


def check_territory(folder: Path = TERRITORY_DIR) -> list[Problem]:
    """Return every problem of the folder, implausible totals too; empty when all is well."""
    tables, _, problems = _read(folder)
    return problems + agreement_problems(tables) + plausibility_problems(tables)


def _read(folder: Path) -> tuple[Tables, Notices | None, list[Problem]]:
    problems: list[Problem] = []
    tables = read_tables(folder, problems)
    return tables, read_notices(folder / "lists.yaml", problems), problems


def _plain(table: Mapping[str, Located[_Item]]) -> Mapping[str, _Item]:
    return MappingProxyType({key: table[key].item for key in sorted(table)})
