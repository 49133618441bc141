"""Cut French text into folded words, and words into the n-grams of letters that the index holds."""

from __future__ import annotations

import re
from collections.abc import Iterable

from corpus.french.folding import fold

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+\d*")
# Four letters at a time found as much as three to five, in a third of the space (docs/decisions/0007).
GRAM = 4
_EDGE = "_"
# Function words of questions and prose; content words that look like them ("droit") are kept.
_STOP_WORDS = """
a afin ai aie ainsi ait alors apres as au aucun aucune aupres aussi autre autres aux avait avant avec
avez aviez avions avoir avons ayant bien bonjour c ca car ce ceci cela celle celles celui cependant ces
cet cette ceux chaque chez ci combien comme comment d dans de dehors depuis des deux devra doit doivent
donc dont du elle elles en encore entre es est et etait etant etc ete etes etre eu eux fait faites faire
faut font hors il ils j je jusqu jusque koi l la laquelle le lequel les lesquelles lesquels leur leurs
lors lorsque lui m ma mais malgre me meme memes merci mes mettre mien moi moins mon n ne ni nos notre
nous on ont or ou par parce pas pendant peu peut peuvent peux plus pour pourquoi pouvez pouvons pr puis
puisque puisse qu quand que quel quelle quelles quelque quelques quels qui quoi s sa sans se sera serait
ses si sien sinon soi soit sommes son sont sous suis sur t ta tandis te tel telle telles tels tes toi
ton tous tout toute toutes tres trop tu un une veut veux voici voila voudrais vont vos votre vous vu y
""".split()  # noqa: SIM905 - a page of quotes would hide the words
STOP_WORDS = frozenset(_STOP_WORDS)


def split_words(text: str) -> list[str]:
    """Split a text into folded words: elisions and compounds apart, figures kept whole."""
    return _TOKEN.findall(fold(text))


def grams(words: Iterable[str]) -> list[str]:
    """Return the n-grams of letters inside folded words, each word's ends marked; function words left out.

    "haie" gives "_hai", "haie", "aie_"; a word too short for one gives itself, marked.
    """
    found: list[str] = []
    for word in words:
        if word not in STOP_WORDS:
            marked = f"{_EDGE}{word}{_EDGE}"
            found += [marked[start : start + GRAM] for start in range(max(1, len(marked) - GRAM + 1))]
    return found
