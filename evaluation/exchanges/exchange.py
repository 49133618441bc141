"""Exchanges as they are kept: a line of JSON each, a choice being the statements' texts and no number."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.choosing.choice import ChoiceStatus
from evaluation.errors import RunFileError, field_in_french
from evaluation.exchanges.offer import Offer

Row = TypeVar("Row", bound=BaseModel)


class Chosen(BaseModel):
    """A statement chosen: its document, itself."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    document: str
    text: str


class Exchange(BaseModel):
    """What a model was asked and what it chose.

    Attributes:
        case: the case and the turn it comes from, for whoever reads; None when it's of no case.
        by: the model, or who answered in its place.
        offer: what it was offered.
        status: as it told it.
        chosen: the statements, best first.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    case: str | None
    by: str
    offer: Offer
    status: ChoiceStatus
    chosen: tuple[Chosen, ...]

    def numbers(self, offer: Offer) -> list[int] | None:
        """The numbers that its statements have in another offer; None where one isn't offered there."""
        numbers = []
        for item in self.chosen:
            same = [told for told in offer.statements if told.text == item.text]
            if not same:
                return None
            numbers.append(next((told.n for told in same if told.document == item.document), same[0].n))
        return numbers


class Answer(BaseModel):
    """An answer to an offer, by its numbers.

    Attributes:
        id: of the offer.
        status: whether statements answer; else whether none does, or it's none of our subject.
        statements: their numbers, best first.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    status: ChoiceStatus
    statements: tuple[int, ...] = ()


def exchange_of(
    offer: Offer, status: ChoiceStatus, numbers: Sequence[int], by: str, case: str | None
) -> Exchange:
    """An exchange of what a model told.

    Raises:
        RunFileError: a number was offered to nobody.
    """
    of = {item.n: item for item in offer.statements}
    if unknown := [number for number in numbers if number not in of]:
        raise RunFileError(
            f"Réponse à « {offer.id} » : aucune phrase ne porte le numéro {unknown[0]}. "
            f"Donnez des numéros de 1 à {len(of)}."
        )
    chosen = tuple(Chosen(document=of[n].document, text=of[n].text) for n in numbers)
    return Exchange(case=case, by=by, offer=offer, status=status, chosen=chosen)


def answered(
    offers: Iterable[Offer], answers: Iterable[Answer], by: str, cases: dict[tuple[str, ...], str]
) -> list[Exchange]:
    """The exchanges that answers to offers make; offers without an answer are left out.

    Args:
        offers: what was offered.
        answers: what was answered.
        by: who answered.
        cases: the case of each conversation, by what the user says in it.

    Raises:
        RunFileError: an answer is to no offer, or is the second to one, or gives a number offered to nobody.
    """
    waiting = {offer.id: offer for offer in offers}
    made = []
    for answer in answers:
        offer = waiting.pop(answer.id, None)
        if offer is None:
            raise RunFileError(f"Réponse à « {answer.id} » : offre inconnue, ou déjà répondue. Retirez-la.")
        made.append(exchange_of(offer, answer.status, answer.statements, by, cases.get(offer.asked)))
    return made


def read_lines(path: Path, row: type[Row]) -> list[Row]:
    """Read a file of JSON lines.

    Raises:
        RunFileError: it can't be read, or a line has another shape.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise RunFileError(f"« {path} » est illisible. Donnez un fichier JSONL en UTF-8.") from error
    rows = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            rows.append(row.model_validate_json(line))
        except ValidationError as error:
            raise RunFileError(f"{path}:{number}: {field_in_french(error.errors()[0], 'ligne')}.") from error
    return rows


def as_lines(rows: Iterable[BaseModel]) -> str:
    """Rows as a file of JSON lines."""
    return "".join(json.dumps(row.model_dump(mode="json"), ensure_ascii=False) + "\n" for row in rows)
