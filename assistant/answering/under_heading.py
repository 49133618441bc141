"""Tell a quote of a page under its heading, where it doesn't stand alone."""

from __future__ import annotations

from assistant.checking.verify import figures
from assistant.messages import french
from assistant.reading.french.negation import denies
from assistant.reply import Citation
from corpus.french.folding import fold
from ingest.formats.line_forms import without_number

# How a sentence ends, and how long a heading may be that is said before an item of its list.
_STOPS, _LONGEST_HEADING = frozenset(".!?"), 90


def heading_told(citation: Citation) -> str:
    """The heading that a quote stands under, without its number."""
    return without_number(citation.section)


def is_sentence(text: str) -> bool:
    """Whether a text of a page is a sentence, rather than an item of a list."""
    return text.rstrip("»\u00a0 ")[-1:] in _STOPS and not text[:1].islower()


def told(citation: Citation) -> str:
    """The quote; an item of a page's list under its heading, which may turn it: "Non financé".

    A heading that asks and denies nothing turns nothing: "Combien ?". Nor does one that bears figures of its
    own, its number aside, which no source of the item states.
    """
    heading = heading_told(citation)
    says_nothing = heading.rstrip().endswith("?") or bool(figures(heading) - figures(citation.quote))
    says_nothing = says_nothing and not denies(fold(heading))
    stands_alone = is_sentence(citation.quote) or says_nothing or len(heading) > _LONGEST_HEADING
    if citation.scheme_id is not None or stands_alone:
        return citation.quote
    return french.under_heading(heading, citation.quote)
