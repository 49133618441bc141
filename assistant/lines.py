"""Make the lines of an answer: each of its kind, with its markers; number again those of a whole reply."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from assistant.markers import marked, unmarked
from assistant.reply import LIST_MARK, LISTED_KINDS, Line, LineKind, Reply, table_text


def line(kind: LineKind, text: str, cited: Iterable[int] = ()) -> Line:
    """Make a line that is no row of a table.

    Args:
        kind: what it is.
        text: what it says, without the mark of a list; its own markers, if any, are kept.
        cited: the numbers of the citations to refer to at its end.
    """
    whole = " ".join(part for part in (" ".join(text.splitlines()), marked(cited)) if part)
    return Line(kind=kind, text=f"{LIST_MARK}{whole}" if kind in LISTED_KINDS else whole)


def quoted(sentence: str, number: int) -> str:
    """A source's sentence with the marker of its citation."""
    return f"{unmarked(sentence)} {marked((number,))}"


def statement(sentence: str, number: int) -> Line:
    """Make the line of a source's sentence."""
    return line("statement", quoted(sentence, number))


def table_head(titles: Sequence[str]) -> Line:
    """Make the head of a table."""
    return _of_table("table_head", titles)


def table_row(cells: Sequence[str]) -> Line:
    """Make a row of a table, its title first."""
    return _of_table("table_row", cells)


def _of_table(kind: LineKind, cells: Sequence[str]) -> Line:
    told = tuple(" ".join(cell.splitlines()) for cell in cells)
    return Line(kind=kind, text=table_text(kind, told), cells=told)


def numbered(reply: Reply, numbers: Mapping[int, int]) -> Reply:
    """The reply with its citations under new numbers, in their order: in its lines and its criteria too.

    Args:
        reply: the reply.
        numbers: the new number of each citation by the old; one that has none goes, with its markers.
    """
    cited = [item.model_copy(update={"n": numbers[item.n]}) for item in reply.citations if item.n in numbers]
    shapes = tuple(
        shape.model_copy(
            update={
                "criteria": tuple(
                    item.model_copy(update={"citation": numbers.get(item.citation or 0)})
                    for item in shape.criteria
                )
            }
        )
        for shape in reply.eligibility
    )
    return reply.model_copy(
        update={
            "lines": tuple(told.under(numbers) for told in reply.lines),
            "citations": tuple(sorted(cited, key=lambda item: item.n)),
            "eligibility": shapes,
        }
    )
