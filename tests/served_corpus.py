"""The small corpus, its index on a Chroma server; run, an assistant on it: PORT CHROMA_PORT FOLDER."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from small_corpus import SmallCorpus

from ingest.chroma_server import ChromaServer
from ingest.generations import Generations
from ingest.served_generations import ServedGenerations


class ServedCorpus(SmallCorpus):
    """The small corpus, its index on a server."""

    def __init__(self, root: Path, client: Callable[[], ChromaServer]) -> None:
        super().__init__(root)
        self._client = client

    @property
    def generations(self) -> Generations:
        return ServedGenerations(self.root / "index", "essai", self._client(), asked_every_s=0)


if __name__ == "__main__":
    import uvicorn

    from assistant.api.routes import create_api
    from assistant.settings import AssistantSettings
    from ingest.server_address import ServerAddress

    port, chroma_port, folder = sys.argv[1:]
    address = ServerAddress("127.0.0.1", int(chroma_port), False, "default_tenant", "default_database")
    corpus = ServedCorpus(Path(folder), lambda: ChromaServer(address))
    settings = AssistantSettings(index_dir=corpus.root / "index")
    uvicorn.run(create_api(corpus.engine(), settings), port=int(port), log_level="warning")
