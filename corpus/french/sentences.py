"""Cut French text into sentences, never inside an abbreviation, an initial or a number."""

from __future__ import annotations

import re

# Words whose full stop doesn't end a sentence. Those that often close one ("etc.", "hab.") are left out.
_ABBREVIATIONS = frozenset(
    """art al av bd bld c.-à-d cf chap coll dép dir dr env ex éd fig i.e ibid id janv févr avr juil
    sept oct nov déc max min mm mme mlle mgr me nb no nos nbre op pp par pl pr prof réf resp st ste
    subv suiv tél univ vol vs""".split()  # noqa: SIM905 - a page of quotes would hide the words
)
# One-letter abbreviations, case kept: M. Dupont, n. 3, p. 12, s. d., c. civ.
_LETTERS = frozenset({"n", "p", "s", "c"})
_END = re.compile(r"(?<=[.!?…])(?P<close>(?:[ \u00a0\u202f]?»|[”\"')\]])*)(?P<gap>\s+)(?=[^\s»])")
# A number of a list, alone at the start: "1. Objet", "II. – Montant", "a. Communes".
_ENUMERATOR = re.compile(r"(?:\d{1,3}|[IVXivx]{1,5}|[a-zA-Z])\.")
_INITIALS = re.compile(r"[^\W\d_](?:\.-?[^\W\d_])*")
_LAST_WORD = re.compile(
    r"(?<![^\W\d_])(?<![^\W\d_][.-])(?<![^\W\d_]\.-)([^\W\d_]++(?:(?:\.-?|-)[^\W\d_]++)*)\.$"
)
_STARTS_LOW = re.compile(r"[a-zà-öø-ÿœ,;:]")


def split_sentences(text: str) -> list[str]:
    """Cut one paragraph into sentences.

    The sentences, joined by single spaces, give the paragraph back (its white space folded):
    nothing is dropped, nothing is rewritten.

    Args:
        text: one paragraph, without headings or list marks.

    Returns:
        The sentences, in order, without surrounding white space; empty for blank text.
    """
    text = " ".join(part for part in re.split(r"[ \t\r\n\f\v]+", text) if part)
    sentences: list[str] = []
    start = 0
    for match in _END.finditer(text):
        before, after = text[start : match.start()], text[match.end() :]
        if not before.strip() or _is_inside(before, after):
            continue
        sentences.append(text[start : match.start("gap")].strip())
        start = match.end()
    rest = text[start:].strip()
    return [*sentences, rest] if rest else sentences


def _is_inside(before: str, after: str) -> bool:
    """Tell whether the full stop that ends ``before`` stands inside a sentence."""
    if _STARTS_LOW.match(after):
        return True
    if not before.endswith("."):
        return False
    if _ENUMERATOR.fullmatch(before):
        return True
    word = _LAST_WORD.search(before)
    if word is None:
        return False
    last = word.group(1)
    is_initial = last.isupper() and _INITIALS.fullmatch(last) is not None
    known = {last.lower(), last.lower().rpartition("-")[2]} & _ABBREVIATIONS
    return is_initial or last in _LETTERS or bool(known)
