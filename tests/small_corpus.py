"""Four small fiches and an index of them, for tests that want real parts and few words.

- ``halles``: state unknown, sources of 2022 and 2023, a gap on cumulation;
- ``lavoirs``: open, its rate and its amount were not found;
- ``haies``: closed;
- ``ecoles``: state unknown, backed by a source of 2026.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path

from fake_embedder import FakeEmbedder

from assistant.answering.engine import Engine
from assistant.answering.knowledge import know
from assistant.answering.steps import FINDING, UNDERSTANDING, run
from assistant.answering.turn import Turn
from assistant.choosing.fitted import IN_USE
from assistant.reply import ChatRequest, Message
from assistant.search.retrieve import HybridRetriever
from corpus.communes.territory import Territory, load_territory
from corpus.fiches.catalogue import Catalogue, load_catalogue
from ingest.generations import Generations
from ingest.pipeline import IngestReport, ingest
from ingest.reader import IndexReader

TODAY = date(2026, 11, 23)

_FRONT = """\
---
id: {id}
name: "{name}"
aliases: [{aliases}]
funder: region
aid_types: [grant]
beneficiaries: [commune]
topics: [{topic}]
status: {{state: {state}, as_of: 2024}}
checked: 2026-11-23
sources:
  - n: 1
    title: "La page de l’aide"
    publisher: Région Hauts-de-France
    url: "https://example.org/{id}"
    published: {published}
  - {{n: 2, title: "Un article", publisher: La Gazette, published: 2022-06-10}}
---
"""


def _fiche(text: str, **front: str) -> str:
    return _FRONT.format(**front) + text


FICHES = {
    "halles": _fiche(
        """\
## Objet
- L’aide aux halles de marché est une subvention qui soutient la construction d’une halle couverte. [1]
- Une halle de marché abrite les marchands et les producteurs du village. [1]
## Bénéficiaires
- L’aide aux halles de marché s’adresse aux communes de moins de 5 000 habitants. [1]
## Dépenses exclues
- En 2023, l’aide aux halles de marché ne couvrait pas l’entretien du toit. [1]
## Montant
- En 2023, la Région payait jusqu’à 40 % du coût d’une halle de marché, dans la limite de 60 000 €. [1]
## Calendrier
- En 2023, les communes déposaient leur dossier de halle de marché du 3 avril au 30 juin 2023. [1]
## Exemples
- En juin 2022, Ambleville et Bourgneuf ont reçu 1,2 M€ au total pour leur halle de marché. [2]
- En mars 2023, Coulonges a reçu 45 000 € pour sa halle de marché. [1]
## Ce que l’on ne sait pas
- La règle de cumul entre l’aide aux halles de marché et les autres subventions n’a pas été trouvée.
- La reconduction de l’aide aux halles de marché en 2026 n’a pas été trouvée.
""",
        id="halles",
        name="Aide aux halles de marché",
        aliases="halle, halles de marché, marché couvert",
        topic="shop",
        state="unknown",
        published="2023-03-31",
    ),
    "lavoirs": _fiche(
        """\
## Objet
- L’aide aux lavoirs est une subvention qui soutient la restauration des lavoirs anciens. [1]
## Bénéficiaires
- L’aide aux lavoirs s’adresse aux communes rurales. [1]
## Démarche
- La demande d’aide aux lavoirs se dépose auprès de la direction de la culture. [1]
## Exemples
- Ronchamp a restauré son lavoir de 1880 avec l’aide de la Région. [2]
## Ce que l’on ne sait pas
- Le taux et le plafond de l’aide aux lavoirs n’ont pas été trouvés dans les sources consultées.
""",
        id="lavoirs",
        name="Aide à la restauration des lavoirs",
        aliases="lavoir, petit patrimoine",
        topic="heritage",
        state="open",
        published="2021-05-04",
    ),
    "haies": _fiche(
        """\
## Objet
- L’aide aux haies est une subvention qui soutient la plantation de haies champêtres. [1]
## Montant
- L’aide aux haies était de 3 € par plant, pour 500 plants au plus. [1]
## Calendrier
- L’aide aux haies a pris fin le 31 décembre 2022. [2]
""",
        id="haies",
        name="Plantation de haies",
        aliases="haie, haies champêtres",
        topic="trees",
        state="closed",
        published="2022-01-15",
    ),
    "ecoles": _fiche(
        """\
## Objet
- L’aide aux écoles est une subvention qui soutient l’isolation des bâtiments scolaires. [1]
## Montant
- L’aide aux écoles couvre 25 % des dépenses d’isolation, dans la limite de 200 000 €. [1]
## Démarche
- Le dossier d’aide aux écoles se dépose en ligne sur la plateforme de la Région. [1]
""",
        id="ecoles",
        name="Rénovation énergétique des écoles",
        aliases="école, rénovation des écoles",
        topic="school",
        state="unknown",
        published="2026-02-02",
    ),
}


@cache
def territory() -> Territory:
    """The real territory, read once."""
    return load_territory()


# The similarities of the fake encoder are of another scale than those that the weights are fitted for.
WEIGHTS = replace(IN_USE, sentences={**IN_USE.sentences, "meaning": 8.0})


@dataclass
class SmallCorpus:
    """A folder of fiches, and an index of them next to it."""

    root: Path
    embedder: FakeEmbedder = field(default_factory=FakeEmbedder)

    def __post_init__(self) -> None:
        """Write the fiches."""
        self.schemes = self.root / "schemes"
        self.schemes.mkdir(parents=True, exist_ok=True)
        for name, text in FICHES.items():
            self.write(name, text)

    def ask_about(self, name: str, *rows: tuple[str, str]) -> None:
        """Write what people ask about a fiche: (question, piece of the sentence that answers)."""
        folder = self.schemes / "questions"
        folder.mkdir(exist_ok=True)
        lines = [f'- ask: "{ask}"\n  answered_by: ["{piece}"]\n' for ask, piece in rows]
        (folder / f"{name}.yaml").write_text("".join(lines), encoding="utf-8")

    @property
    def generations(self) -> Generations:
        """The generations of the index."""
        return Generations(self.root / "index", "essai")

    @property
    def catalogue(self) -> Catalogue:
        """The fiches, read anew."""
        return load_catalogue(self.schemes)

    def write(self, name: str, text: str) -> None:
        """Write or replace one fiche."""
        (self.schemes / f"{name}.md").write_text(text, encoding="utf-8")

    def ingest(self, *paths: Path) -> IngestReport:
        """Make the index, or a new generation of it."""
        return ingest(self.generations, self.embedder, paths, schemes_dir=self.schemes)

    def reader(self) -> IndexReader:
        """A reader of the index."""
        return IndexReader(self.generations, self.embedder)

    def retriever(self) -> HybridRetriever:
        """A retriever on the index."""
        return HybridRetriever(self.reader(), self.embedder)

    def engine(self, today: date = TODAY) -> Engine:
        """An engine on the index, at a chosen date."""
        retriever = HybridRetriever(self.reader(), self.embedder, mends=False)
        return Engine(
            know(self.catalogue, retriever, self.embedder, territory(), lambda: today, weights=WEIGHTS)
        )


def weighed(engine: Engine, request: ChatRequest) -> Turn:
    """The turn of a request once its sentences are weighed: nothing is composed yet."""
    turn = Turn(request=request, started=time.perf_counter())
    return run((*UNDERSTANDING, *FINDING), engine.knowledge, turn)


def ask(*turns: str, scheme: str | None = None) -> ChatRequest:
    """A conversation whose turns are the user's and the assistant's, in turn."""
    roles = ("user", "assistant")
    messages = tuple(Message(role=roles[place % 2], content=text) for place, text in enumerate(turns))  # type: ignore[arg-type]
    return ChatRequest(messages=messages, scheme=scheme)
