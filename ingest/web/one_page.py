"""Get one address as a file, to read it as files are: nothing is kept, nothing is followed."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ingest.web.address import whole_address
from ingest.web.errors import Unanswered
from ingest.web.fetch import Fetcher
from ingest.web.robots import check_allowed, robots_of


@contextmanager
def one_page(text: str, *, allows_private: bool = False) -> Iterator[tuple[Path, str]]:
    """Get an address; give the file that it was written to, gone after, and the address that it was found at.

    Args:
        text: the address, as it was typed.
        allows_private: whether a machine of a private network is read.

    Raises:
        Unanswered: it's no address, nothing answers, the site forbids it, or it's of a kind that isn't read.
    """
    address = whole_address(text)
    with Fetcher(delay=0.0, allows_private=allows_private) as fetcher:
        check_allowed(robots_of(fetcher, address), address)
        found = fetcher.get(address)
    if found.status == "gone":
        raise Unanswered(f"« {address} » n’existe pas ou n’existe plus.")
    if found.kind in {None, ".xml"}:
        raise Unanswered(f"« {address} » n’est pas d’un format qui est lu (page, PDF, DOCX, ODT, texte).")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"page{found.kind}"
        path.write_bytes(found.content)
        yield path, found.address
