"""Questions asked in English: recognise them, and gloss them word by word in the French of the schemes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

_WORD = re.compile(r"[A-Za-zÀ-ÿ'’-]+")
# Words of English that aren't words of French: a question is English when it has several and few others.
_FUNCTION_WORDS = frozenset(
    """
    the is are was were what which who whom whose when where why how does do did can could would should will
    we our us you your they their them this that these those with without from there any some much many
    have has had get of to in on at by an and or not if it its my i am be been for about into than please
    """.split()  # noqa: SIM905 - a page of quotes would hide the words
)
_ALSO_FRENCH = frozenset(
    {"on", "an", "or", "if", "am", "has", "me", "us", "were", "do", "i", "get", "at", "by", "any", "in"}
)
_FEWEST, _LEAST_SHARE = 2, 0.4
# What people ask of public aid, phrases first; French words that are English ones too need no gloss.
_GLOSSES: Mapping[str, str] = MappingProxyType(
    {
        "how much": "combien", "how many": "combien de", "how long": "combien de temps", "what is": "c’est quoi",
        "what are": "quelles sont", "is there": "y a-t-il", "are there": "y a-t-il", "are we": "sommes-nous",
        "can we": "pouvons-nous", "can i": "puis-je", "could we": "pouvons-nous", "do we": "est-ce que nous",
        "who can apply": "qui peut demander", "how do we apply": "comment demander", "how to apply": "comment demander",
        "apply for": "demander", "deadline": "date limite", "until when": "jusqu’à quand", "town hall": "mairie",
        "town centre": "centre-ville", "town center": "centre-ville", "village centre": "centre-bourg",
        "security cameras": "caméras de vidéoprotection", "video surveillance": "vidéoprotection", "cctv": "caméras de vidéoprotection",
        "bike path": "piste cyclable", "bike lane": "piste cyclable", "cycle path": "piste cyclable", "last shop": "dernier commerce",
        "listed building": "monument historique", "brownfield": "friche", "solar panels": "panneaux solaires",
        "square": "place", "shop": "commerce", "shops": "commerces", "store": "commerce", "grocery": "épicerie", "bakery": "boulangerie",
        "baker": "boulanger", "hairdresser": "coiffeur", "trees": "arbres", "tree": "arbre", "hedges": "haies", "hedge": "haie", "plant": "planter",
        "church": "église", "chapel": "chapelle", "heritage": "patrimoine", "castle": "château", "restore": "restaurer", "restoration": "restauration",
        "cameras": "caméras", "camera": "caméra", "flood": "inondation", "floods": "inondations", "storm": "tempête", "river": "rivière",
        "road": "voirie", "roads": "voirie", "school": "école", "gym": "gymnase", "sports hall": "salle de sport", "stadium": "stade", "pool": "piscine",
        "playground": "aire de jeux", "culture": "culture", "festival": "festival", "museum": "musée", "theatre": "théâtre", "tourism": "tourisme",
        "health centre": "maison de santé", "doctor": "médecin", "water": "eau", "energy": "énergie", "insulation": "isolation", "insulate": "isoler",
        "renovate": "rénover", "renovation": "rénovation", "roof": "toit", "building": "bâtiment", "buildings": "bâtiments",
        "mobility": "mobilité", "remembrance": "mémoire", "war": "guerre", "nature": "nature", "biodiversity": "biodiversité",
        "grant": "subvention", "grants": "subventions", "funding": "financement", "fund": "fonds", "money": "argent", "aid": "aide", "help": "aide",
        "scheme": "dispositif", "schemes": "dispositifs", "programme": "programme", "program": "programme", "rate": "taux", "ceiling": "plafond",
        "maximum": "maximum", "minimum": "minimum", "cost": "coût", "costs": "dépenses", "expenses": "dépenses", "covered": "prises en charge",
        "eligible": "éligible", "eligibility": "conditions", "conditions": "conditions", "apply": "demander", "application": "demande", "open": "ouvert",
        "closed": "clos", "combine": "cumuler", "combined": "cumulé", "difference": "différence", "between": "entre", "which": "quelles", "who": "qui",
        "when": "quand", "where": "où", "how": "comment", "for": "pour", "with": "avec", "our": "notre", "we": "nous", "my": "ma", "i am": "je suis",
        "we are": "nous sommes", "and": "et", "or": "ou", "in": "dans", "of": "de", "the": "le", "town": "commune", "towns": "communes",
        "village": "village", "villages": "villages", "city": "ville", "municipality": "commune", "council": "conseil municipal", "mayor": "maire",
        "inhabitants": "habitants", "people": "habitants", "region": "Région", "regional": "régional", "state": "État", "european": "européen",
        "company": "entreprise", "business": "entreprise", "charity": "association", "non-profit": "association", "association": "association",
        "farmer": "agriculteur", "rural": "rural", "small": "petite", "examples": "exemples", "contact": "contacter", "receive": "recevoir",
        "get": "obtenir", "have": "avoir", "install": "installer", "buy": "acheter", "build": "construire", "new": "nouveau", "project": "projet",
    }
)  # fmt: skip
_PHRASES = re.compile(
    "|".join(rf"\b{re.escape(phrase)}\b" for phrase in sorted(_GLOSSES, key=len, reverse=True)), re.IGNORECASE
)
_LEFT_OUT = re.compile(
    r"\b(?:is|are|there|to|a|an|do|does|did|it|this|that|can|be|on|any|some|much|what|please)\b",
    re.IGNORECASE,
)


def is_english(text: str) -> bool:
    """Whether a text is in English: several words that only English has, and not many others."""
    words = [word.lower() for word in _WORD.findall(text)]
    known = [word for word in words if word in _FUNCTION_WORDS or word in _GLOSSES]
    only_english = [word for word in words if word in _FUNCTION_WORDS and word not in _ALSO_FRENCH]
    return len(only_english) >= _FEWEST and len(known) >= _LEAST_SHARE * len(words)


def glossed(text: str) -> str:
    """Put the words of an English question in French; those that aren't known, names among them, stay."""
    french = _PHRASES.sub(lambda match: _GLOSSES[match.group().lower()], text)
    return " ".join(_LEFT_OUT.sub(" ", french).split())
