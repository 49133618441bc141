"""What may never break in a reply: quotes are verbatim, markers resolve, figures are those of a source."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from assistant.checking.verify import is_verbatim
from assistant.markers import markers
from assistant.reading.french.numerals import read_numerals
from assistant.reply import Citation, Reply
from corpus.fiches.catalogue import Catalogue
from corpus.french.figures import canonical, figure_values
from corpus.french.folding import fold
from evaluation.questions.cases import Case
from evaluation.questions.facts import dates

NOTHING_LOOKED_UP: Mapping[int, bool] = MappingProxyType({})

# A number without spaces, from its first digit to its last.
_WHOLE = r"(?<![\d,])\d[\d,]*+"
_NUMBER = re.compile(_WHOLE)
_PLUS = re.compile(rf"{_WHOLE} €(?: \+ {_WHOLE} €)++")
_TIMES = re.compile(rf"({_WHOLE}) €? ?× ({_WHOLE})")
_SHARE = re.compile(rf"((?:{_WHOLE} % à )?{_WHOLE} %) de ({_WHOLE}) €")
_TERM = rf"((?:{_WHOLE} % de )?{_WHOLE} €)"
_LESS = re.compile(rf"{_TERM} moins {_TERM}")


def invariants(
    case: Case, reply: Reply, catalogue: Catalogue, faithful: Mapping[int, bool] = NOTHING_LOOKED_UP
) -> tuple[dict[str, tuple[float, float]], list[str]]:
    """Score the invariants, and say which quotes, markers and lines break one.

    Args:
        case: what was asked.
        reply: what came back.
        catalogue: the fiches that it may quote.
        faithful: by number of a citation of another document, whether its quote stands there.
    """
    failures: list[str] = []
    pairs: dict[str, tuple[float, float]] = {}
    quoted = [item for item in reply.citations if item.scheme_id]
    wrong_quotes = [
        item
        for item in quoted
        if not (faithful[item.n] if item.n in faithful else _is_in_fiche(item, catalogue))
    ]
    if quoted:
        pairs["quote_verbatim"] = (float(len(quoted) - len(wrong_quotes)), float(len(quoted)))
    failures += [f"citation [{item.n}] infidèle à la fiche" for item in wrong_quotes]
    followed = set(markers(reply.answer))
    unknown = followed - {item.n for item in reply.citations}
    if followed:
        pairs["unknown_markers"] = (float(len(unknown)), float(len(followed)))
    failures += [f"renvoi [{number}] sans citation" for number in sorted(unknown)]
    lines = [line for line in reply.answer.splitlines() if line.strip()]
    names = sorted(_scheme_names(reply, catalogue), key=len, reverse=True)
    bare = {line: _without(line, names) for line in lines}
    foreign = [line for line in lines if foreign_figures(bare[line], reply.citations, case.turns)]
    if lines:
        pairs["unsupported_figures"] = (float(len(foreign)), float(len(lines)))
        pairs["dropped_lines"] = (float(reply.dropped), float(len(lines) + reply.dropped))
    failures += [f"chiffre sans source : {line}" for line in foreign]
    return pairs, failures


def _is_in_fiche(citation: Citation, catalogue: Catalogue) -> bool:
    if citation.scheme_id not in catalogue or not citation.quote.strip():
        return False
    sections = catalogue.fiche(str(citation.scheme_id)).sections
    return any(
        is_verbatim(citation.quote, block.text)
        for section in sections
        if section.title == citation.section
        for block in section.blocks
    )


def foreign_figures(line: str, citations: Sequence[Citation], own_words: Sequence[str]) -> set[float]:
    """Figures of a line that stand in none of its citations, nor in the user's words.

    It reads figures otherwise than the program's own check does (by value, units counted), so that
    a mistake of that check shows. A line without a marker may rest on any citation.
    """
    cited = set(markers(line))
    held = [item for item in citations if not cited or item.n in cited]
    allowed: set[float] = set()
    typed = (_as_typed(text) for text in own_words)
    for text in (*own_words, *typed, *(part for item in held for part in _texts(item))):
        allowed |= figure_values(text)
        allowed |= {float(part) for date in dates(text) for part in date.split("-")}
    for text in own_words:  # "neuf cent cinquante mille euros"
        told_numbers = (number.value for number in read_numerals(fold(text)))
        allowed |= {canonical(value) for value in told_numbers if value is not None}
    told = _without_markers(line)
    return set(figure_values(told)) - allowed - _worked_out(told, allowed)


def _worked_out(line: str, allowed: set[float]) -> set[float]:
    """The sums that a line works out from allowed figures that it shows: shares, products, sums.

    It reads the operations by their signs alone, otherwise than the program's own check does.
    """
    plain = re.sub(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d))", "", line).replace("\u00a0", " ")
    found = {0.0} if re.search(r"(?:^|\| )0\u00a0€", line) else set()
    terms = [_sum_of(match.group()) for match in _PLUS.finditer(plain)]
    found |= {total for total, parts in terms if parts <= allowed}
    known = allowed | found
    for first, second in _TIMES.findall(plain):
        if {_read(first), _read(second)} <= known:
            found.add(canonical(_read(first) * _read(second)))
    for rates, base in _SHARE.findall(plain):
        for rate in map(_read, _NUMBER.findall(rates)):
            if canonical(rate / 100) in known and _read(base) in known:
                found.add(round(rate / 100 * _read(base), 2))
    return found | _differences(plain, allowed)


def _differences(plain: str, allowed: set[float]) -> set[float]:
    """What a line takes from a sum or from a share of one, allowed both: "9 000 € moins 80 % de 9 000 €"."""
    found = set()
    for pair in _LESS.findall(plain):
        values = []
        for side in pair:
            *rate, base = map(_read, _NUMBER.findall(side))
            if base in allowed and all(canonical(share / 100) in allowed for share in rate):
                values.append(base * (rate[0] / 100 if rate else 1.0))
        if len(values) == len(pair):
            found.add(round(values[0] - values[1], 2))
    return found


def _sum_of(written: str) -> tuple[float, set[float]]:
    parts = [_read(part) for part in _NUMBER.findall(written)]
    return canonical(sum(parts)), set(parts)


def _read(number: str) -> float:
    return float(number.replace(",", "."))


def _as_typed(text: str) -> str:
    """The user's words with thousands as ours write them: "145.000", "380k"."""
    plain = re.sub(r"(?<=\d)[.'](?=\d{3}(?!\d))", "\u00a0", text)
    return re.sub(r"(?<![\d,.])(\d{1,3}) ?[kK](?![\w])", "\\1\u00a0000", plain)


def _texts(citation: Citation) -> list[str]:
    dated = [str(source.published or "") for source in citation.sources]
    dated += [str(source.updated or "") for source in citation.sources]
    return [citation.quote, citation.scheme_name or "", *(date.replace("-", " ") for date in dated)]


def _scheme_names(reply: Reply, catalogue: Catalogue) -> set[str]:
    """Names of the schemes that the reply is about: a year in a name isn't a figure of the answer."""
    known = [catalogue.scheme(name) for name in reply.schemes if name in catalogue]
    return {name for scheme in known for name in scheme.names}


def _without(line: str, names: Sequence[str]) -> str:
    for name in names:
        line = line.replace(name, " ")
    return line


def _without_markers(line: str) -> str:
    for number in set(markers(line)):
        line = line.replace(f"[{number}]", " ")
    return line
