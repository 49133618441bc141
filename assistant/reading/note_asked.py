"""Whether a message asks for a note or a summary of what was said: its words, and no others, say so."""

from __future__ import annotations

import re

from corpus.french.folding import fold

_WORD = re.compile(r"[a-z0-9]+")
_MOST_CHARS = 200
_SUMMARY = re.compile(r"resume[rsz]?|recapitule[rsz]?|recapitulatif|recap|synthese")
_NOTE = "note"
# What makes a note of the word: "c’est noté" and "je note" ask for none.
_OF_NOTE = frozenset({"une", "conseil", "petite", "word", "pdf"})
# What may stand around it: no word that names one thing of those that were said.
_AROUND = re.compile(
    r"a|ai|aimerais|au|avec|besoin|bonjour|ca|ce|ceci|cela|cette|compte|conseil|conversation|courte?|"
    r"de|des|delibere?r?|deliberation|discussion|docx|donc|donne[rsz]?|du|ecri(?:s|re|vez)|echanges?|elus?|"
    r"en|est|et|fai(?:s|re|tes)|faudrait|faut|format|imprimer|je|la|le|les|ma|maire|mairie|me|merci|mes|moi|mon|"
    r"municipale?|nos|notre|nous|ok|papier|pdf|petite?|peux|plait|pour|pourrais|pourriez|pouvez|"
    r"prepare[rz]?|presenter|prochaine?|que|redige[rz]?|rendu|reponses?|reunion|seance|simple|stp|sur|svp|"
    r"te|tout|toute|tu|un|une|veux|voudrais|vos|votre|vous|word|il|qu|[cdjlmst]"
)


def asks_for_note(text: str) -> bool:
    """Whether a message asks for nothing but a note or a summary: "fais une note pour le conseil", "résume"."""
    if len(text) > _MOST_CHARS:
        return False
    words = set(_WORD.findall(fold(text)))
    asked = {word for word in words if _SUMMARY.fullmatch(word)}
    if _NOTE in words and words & _OF_NOTE:
        asked.add(_NOTE)
    return bool(asked) and all(_AROUND.fullmatch(word) for word in words - asked)
