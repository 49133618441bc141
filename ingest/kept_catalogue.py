"""Read the catalogue from what was kept of each fiche; one that was edited since is read from its file."""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path

import corpus
from corpus.fiches.asked import AskedQuestion, AskedSource
from corpus.fiches.catalogue import SCHEMES_DIR, Catalogue, load_catalogue
from corpus.fiches.document import Block, Section, Sentence
from corpus.fiches.fiche import Fiche, asked_path, load_fiche
from corpus.fiches.scheme import Scheme
from ingest.kept import Form, Kept, Packed, digest_of, digest_of_files


def load_kept_catalogue(kept: Kept, folder: Path = SCHEMES_DIR) -> Catalogue:
    """Read every fiche of a folder, from what was kept of it where its files are the same.

    Raises:
        CorpusError: with the problems of all the files, not only of the first.
    """
    return load_catalogue(folder, load=partial(_load, kept))


def _load(kept: Kept, path: Path, asked_from: AskedSource) -> Fiche:
    try:
        files = [file.read_bytes() for file in (path, asked_path(path)) if file.exists()]
    except OSError:
        return load_fiche(path, asked_from)  # which tells what is wrong
    form = Form(f"fiche-{path.stem}", _packed, partial(_unpacked, path))
    return kept.value(form, digest_of((_program(), *files)), lambda: load_fiche(path, asked_from))


@cache
def _program() -> str:
    """Digest of what reads fiches: another program may read another thing in the same file."""
    return digest_of_files(Path(corpus.__file__).parent.rglob("*.py"))


def _packed(fiche: Fiche) -> Packed:
    return Packed(
        {
            "scheme": fiche.scheme.model_dump(mode="json", exclude_unset=True),
            "sections": [
                [section.path, section.line, [_packed_block(block) for block in section.blocks]]
                for section in fiche.sections
            ],
            "asked": [[asked.text, asked.answers] for asked in fiche.asked],
        }
    )


def _packed_block(block: Block) -> list[object]:
    return [block.is_item, block.line, [[sentence.text, sentence.sources] for sentence in block.sentences]]


def _unpacked(path: Path, packed: Packed) -> Fiche:
    return Fiche(
        scheme=Scheme.model_validate(packed.values["scheme"]),
        sections=tuple(
            Section(tuple(titles), tuple(_unpacked_block(*block) for block in blocks), line)
            for titles, line, blocks in packed.values["sections"]
        ),
        path=path,
        asked=tuple(AskedQuestion(text, tuple(answers)) for text, answers in packed.values["asked"]),
    )


def _unpacked_block(is_item: bool, line: int, sentences: list[tuple[str, list[int]]]) -> Block:
    return Block(tuple(Sentence(text, tuple(sources)) for text, sources in sentences), is_item, line)
