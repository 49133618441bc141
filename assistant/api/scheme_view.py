"""What the API shows of a scheme: its data with French labels, its text with marks, its sources."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from corpus.fiches.criteria import Criterion
from corpus.fiches.document import Block, Section
from corpus.fiches.fiche import Fiche
from corpus.fiches.scheme import Funding, Relation, Scheme, Status, Window
from corpus.labels import (
    AID_TYPE_LABELS,
    BENEFICIARY_LABELS,
    FUNDER_LABELS,
    STATE_LABELS,
    TOPIC_LABELS,
    AidType,
    Beneficiary,
    Funder,
    Topic,
)
from corpus.source import Source


class SchemeSummary(BaseModel):
    """A scheme in a list; each closed vocabulary comes with its French labels."""

    model_config = ConfigDict(frozen=True)

    id: str = Field(examples=["cvcb"])
    name: str
    short_name: str | None
    funder: Funder
    funder_label: str = Field(examples=["Région Hauts-de-France"])
    aid_types: tuple[AidType, ...]
    aid_type_labels: tuple[str, ...] = Field(examples=[["subvention"]])
    beneficiaries: tuple[Beneficiary, ...]
    beneficiary_labels: tuple[str, ...] = Field(examples=[["commune"]])
    topics: tuple[Topic, ...]
    topic_labels: tuple[str, ...]
    status: Status
    status_label: str = Field(examples=["état actuel non vérifié"])
    checked: date
    aliases: tuple[str, ...]
    funding: tuple[Funding, ...]
    windows: tuple[Window, ...]


class SchemeList(BaseModel):
    """Every scheme, in order of id."""

    model_config = ConfigDict(frozen=True)

    schemes: tuple[SchemeSummary, ...]


class SectionView(BaseModel):
    """A section; in ``text`` each sentence ends with the marks [n] of its sources."""

    model_config = ConfigDict(frozen=True)

    title: str = Field(examples=["Montant"])
    path: tuple[str, ...]
    text: str
    sources: tuple[int, ...] = Field(examples=[[1, 2]])


class SchemeDetail(SchemeSummary):
    """A whole scheme."""

    sections: tuple[SectionView, ...]
    sources: tuple[Source, ...]
    criteria: tuple[Criterion, ...]
    relations: tuple[Relation, ...]


def summarise(scheme: Scheme) -> SchemeSummary:
    """Show a scheme as the list does."""
    return SchemeSummary(
        id=scheme.id,
        name=scheme.name,
        short_name=scheme.short_name,
        funder=scheme.funder,
        funder_label=FUNDER_LABELS[scheme.funder],
        aid_types=scheme.aid_types,
        aid_type_labels=tuple(AID_TYPE_LABELS[kind] for kind in scheme.aid_types),
        beneficiaries=scheme.beneficiaries,
        beneficiary_labels=tuple(BENEFICIARY_LABELS[kind] for kind in scheme.beneficiaries),
        topics=scheme.topics,
        topic_labels=tuple(TOPIC_LABELS[topic] for topic in scheme.topics),
        status=scheme.status,
        status_label=STATE_LABELS[scheme.status.state],
        checked=scheme.checked,
        aliases=scheme.aliases,
        funding=scheme.funding,
        windows=scheme.windows,
    )


def detail(fiche: Fiche) -> SchemeDetail:
    """Show a scheme whole."""
    scheme = fiche.scheme
    return SchemeDetail(
        **dict(summarise(scheme)),
        sections=tuple(_section(section) for section in fiche.sections),
        sources=scheme.sources,
        criteria=scheme.criteria,
        relations=scheme.relations,
    )


def _section(section: Section) -> SectionView:
    cited = {n for block in section.blocks for sentence in block.sentences for n in sentence.sources}
    return SectionView(
        title=section.title,
        path=section.path,
        text="\n".join(_block(block) for block in section.blocks),
        sources=tuple(sorted(cited)),
    )


def _block(block: Block) -> str:
    sentences = (
        " ".join([sentence.text, "".join(f"[{n}]" for n in sentence.sources)]).rstrip()
        for sentence in block.sentences
    )
    return ("- " if block.is_item else "") + " ".join(sentences)
