"""What the API shows of a commune: its figures and its labels, each with its date and its source."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from assistant.reply import CitedSource
from corpus.communes.commune import DEPARTMENTS, Commune
from corpus.communes.lists import Presence
from corpus.communes.notice import Notice
from corpus.communes.territory import Territory
from corpus.labels import LIST_LABELS, TerritoryList


class _View(BaseModel):
    model_config = ConfigDict(frozen=True)


class DepartmentView(_View):
    """A department."""

    number: str = Field(examples=["59"])
    name: str = Field(examples=["Nord"])


class EpciView(_View):
    """An intercommunal body; its population counts its members outside the region too."""

    siren: str
    name: str
    population: int


class ListView(_View):
    """What a list of communes says of one; ``as_of`` is the date of the list, as precise as known."""

    id: TerritoryList
    label: str
    presence: Presence
    as_of: str | None
    source: CitedSource


class CommuneView(_View):
    """A commune with what eligibility computes with; ``population_as_of`` is the date of the table."""

    insee: str = Field(examples=["59431"])
    name: str
    label: str
    department: DepartmentView
    population: int
    population_as_of: str | None
    epci: EpciView
    postcodes: tuple[str, ...]
    lists: tuple[ListView, ...]
    source: CitedSource


class CommuneList(_View):
    """What ``GET /api/communes`` gives, the likeliest first."""

    communes: tuple[CommuneView, ...]


def commune_view(commune: Commune, territory: Territory) -> CommuneView:
    """Show a commune."""
    epci = territory.epci_of(commune)
    notice = territory.notices["communes"]
    return CommuneView(
        insee=commune.insee,
        name=commune.name,
        label=commune.label,
        department=DepartmentView(number=commune.department, name=DEPARTMENTS[commune.department]),
        population=commune.population,
        population_as_of=_date(notice),
        epci=EpciView(siren=epci.siren, name=epci.name, population=epci.population),
        postcodes=commune.postcodes,
        lists=tuple(_list_view(commune, list_id, territory) for list_id in TerritoryList),
        source=CitedSource(
            title=notice.title, publisher=notice.source, url=_text(notice.url), published=_date(notice)
        ),
    )


def _list_view(commune: Commune, list_id: TerritoryList, territory: Territory) -> ListView:
    notice = territory.lists[list_id].notice
    found = territory.membership(commune.insee, list_id)
    return ListView(
        id=list_id,
        label=LIST_LABELS[list_id],
        presence=found.presence,
        as_of=_date(notice),
        source=CitedSource(
            title=notice.title, publisher=found.source, url=_text(found.url), published=_date(notice)
        ),
    )


def _date(notice: Notice) -> str | None:
    return _text(notice.date)


def _text(value: object) -> str | None:
    return None if value is None else str(value)
