"""What a question asks: classes of wording, and the sections of a fiche that hold the answer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from corpus.french.folding import fold


class Intent(StrEnum):
    """What a question asks about a scheme."""

    WHAT = "what"
    WHO = "who"
    HOW_MUCH = "how_much"
    COVERED = "covered"
    EXCLUDED = "excluded"
    WHEN = "when"
    HOW = "how"
    EXAMPLES = "examples"
    CUMULATE = "cumulate"
    DIFFERENCE = "difference"
    ELIGIBLE = "eligible"
    LIST = "list"
    COUNT = "count"


# Patterns on folded text, one a class of wording.
_INTENTS: tuple[tuple[Intent, re.Pattern[str]], ...] = tuple(
    (intent, re.compile(pattern))
    for intent, pattern in (
        (
            Intent.HOW_MUCH,
            r"(?<!\bsont )\bcombien\b(?! de (?!subvention|la)| d'(?!argent|euro)| dans\b| (?:sont|etes|sommes)\b)|\bmontants?\b|\btaux\b|\bplafon\w*"
            r"|\bjusqu'?ou\b|\bquel(?:le)? (?:niveau|part|proportion|quote-part|fraction|ordre de grandeur)\b|\ba quelle hauteur"
            r"|\bcombien (?:de |d')?(?:%|pour[- ]?cents?)|\bpayante?s?\b|\bgratuite?s?\b"
            r"|\bplanchers?\b|\bpourcentage|\bbudget|\benveloppe"
            r"|\bfinanc\w+ a (?:quel|hauteur)|\bquelle somme"
            r"|\bquel(?:le)? (?:est la )?(?:subvention|hauteur)"
            r"|\bjusqu'?a combien\b(?! de (?!subvention|la)| d'(?!argent|euro)| dans\b)|\bcoute?\w*\b|\bcout\b|\btarifs?\b|\bprix\b"
            r"|\bmaxim(?:um|ale?|aux)\b|\bminim(?:um|ale?|aux)\b"
            r"|\b(?:le|la|les) (?:plus|mieux)\b.{0,20}\b(?:donn|pa[iy]|rembours|haut|gros|genereu|avantageu)\w*"
            r"|\b(?:donn|pa[iy]|rembours|mont|vers|aid)\w* (?:le|la) (?:plus|mieux)\b|\bplus genereu\w+",
        ),
        (
            Intent.WHEN,
            r"\bquand\b|\bjusqu'?a quand|\bdates?\b|\bdelais?\b|\bcalendrier|\bcloture\b|\becheance"
            r"|\bencore (?:ouvert|possible|temps|en cours|valable|actif)|\bouverte?s? (?:en"
            r"|actuellement|aujourd)"
            r"|\bnouvel\w* (?:appel|campagne|edition|vague|session)|\bd'ouverte?s?\b|(?<!nous )(?<!vous )(?<!leur )\b(?:est|sont|reste|restent|encore|toujours) ouverte?s?\b(?! a| aux?)"
            r"|\bcampagnes?\b|\bprochaine?s?\b|\bdepuis quand|\bquelle annee"
            r"|\bexist[\w' -]{0,15}\b(?:encore|toujours|en (?:19|20)\d\d)"
            r"|\btoujours (?:ouvert|actif|en cours|valable|possible)|\bcombien de temps|\bduree?\b"
            r"|\brecondui\w+|\breconduction",
        ),
        (
            Intent.WHO,
            r"\beligib\w*|\bqui (?:peut|a droit|est|sont|porte|finance)|\bbeneficiaires?\b"
            r"|\bdroit a\b|\ba droit\b"
            r"|\bconditions?\b|\bcriteres?\b|\b(?:peut|peux|pouvons|puis)\b.{0,25}\b(?:beneficier"
            r"|pretendre|avoir|obtenir|toucher|etre aide)\w*"
            r"|\bpour qui\b|\b(?:pour|a) quelles? (?:communes?|villes?|collectivites?)"
            r"|\breservee?s?\b|\bs.adresse|\bseuils?\b|\bhabitants?\b|\bma commune\b"
            r"|\bnotre commune\b|\bouverte? aux?\b",
        ),
        (
            Intent.COUNT,
            r"\bcombien (?:de |d')(?!temps|subvention|argent|euro|sous|mois|jours|semaines|ans|annees)\w+|\b(?:sont|etes|sommes)(?:[- ](?:ils|elles|vous|nous))? combien\b|\bcombien (?:sont|etes|sommes)\b|\bcombien y a[- ]t[- ]il|\bquel nombre|\ble nombre d",
        ),
        (
            Intent.LIST,
            r"\bquel(?:le)?s? (?:sont (?:les )?)?(?:aides?|subventions?|dispositifs?|financements?|soutiens?|fonds|programmes?|coups? de (?:pouce|main))\b"
            r"(?! (?:est|sont|prevoit|du|faut|pour (?:le|la) (?:cvcb|pvd)))"
            r"|\by a[- ]t[- ]il (?:des?|une?|quelque chose|d'autres)|\bexiste[- ]t[- ]il (?:des?|une?)|\ba quoi (?:a[- ]t[- ]on|avons[- ]nous|ai[- ]je) droit|\bdroit a (?:quoi|koi)\b"
            r"|\b(?:on|je|nous) (?:peu|peut|peux|pouvons|pe) (?:avoir|toucher|demander|obtenir|pretendre a)?\s*(?:quoi|koi)\b|\bquoi comme (?:aide|subvention)"
            r"|\bquelles? (?:pistes?|possibilites?|solutions?)\b|\bqu'est[- ]ce (?:qu'il y a|qui existe)|\bil y a (?:quoi|koi)\b|\bquelque chose pour\b"
            r"|\b(?:une|des|d'autres) aides? (?:existe|existent|pour|a|de la region)\b|(?<!l')(?<!cette )\baides? (?:pour|possibles?)\b",
        ),
        (
            Intent.ELIGIBLE,
            r"\beligibles?\b|\bdroit a\b|\ba[- ]t[- ](?:on|elle|il|i) (?:le )?droit|\b(?:on a|avons[- ]nous|avez[- ]vous|ai[- ]je|j'ai|nous avons|ont|a) droit"
            r"|\b(?:peut|peu|pe|peux|pouvons|puis|pourrait|pourrions|pourrais|peuvent|pouvez)[- ]?(?:t?-?(?:on|elle|il|nous|je|ils|elles))?\b"
            r".{0,60}\b(?:beneficier|benefici|pretendre|avoir|obtenir|toucher|touche|etre aide|demander|candidater|deposer|recevoir|entrer|profiter|postuler|compter|solliciter|viser|esperer|participer|s'y inscrire|s'inscrire|rejoindre|compter sur|entrer|etre (?:aide|reconnu|finance|soutenu|concerne))\w*"
            r"|\bca (?:peut|pourrait|passerait)\b(?! (?:aller|atteindre|couter|durer|faire|monter|prendre|representer|s'elever|valoir))|\bon (?:est|rentre|entre) (?:concerne|dedans|dans)\w*|\b(?:est|sommes|suis)[- ](?:elle|nous|je|il|on) (?:concerne|aide|couvert|eligible)\w*"
            r"|\b(?:est|sommes|etes|suis)(?:[- ](?:t-)?(?:elle|il|nous|on|vous|je))?(?: bien| deja)? (?:dans (?:le |la |les )?(?:action|petites|cvcb|pvd|acv|villages?|programme|dispositif|liste)|(?:sur|dans) la liste|laureate?s?|labellisee?s?|retenue?s?|selectionnee?s?|choisie?s?)\b"
            r"|\best[- ](?:elle|il) aidee?\b|\bremplit\w*|\bremplissons|\brentr(?:e|ons)\b.{0,20}\b(?:criteres?|cases?|clous)"
            r"|\bca (?:marche|passe|colle|fonctionne) pour (?:nous|moi|eux|notre|ma|mon|ca|un|une|des)\b|\bc'est (?:possible|bon|ouvert) pour (?:nous|moi|eux|notre|ma|mon)\b"
            r"|\b(?:possible|accessible|envisageable)s?(?= ?\?| (?:chez nous|ici|pour (?:nous|notre|ma|la)|dans (?:notre|ma)|a )| ?$)"
            r"|\bpour (?:nous|notre commune|ma commune) (?:aussi|c'est)"
            r"|\b(?:peut|pouvons|puis|pourrait|pourrions|pourrais|peuvent)[- ](?:on|elle|il|nous|je|ils|elles)\b"
            r"(?! (?:cumul|combin|savoir|avoir (?:le|la|des) (?:contact|date|lien|numero)|trouv|contact|joindre|telecharg|voir|lire|appel|financ|me dire))"
            r"|\b(?:sommes[- ]nous|est[- ](?:on|elle|il)|on est|nous sommes) (?:bien |aussi |quand meme )?(?:dans (?:le|la|son|sa|votre) (?:secteur|zone|perimetre|liste|territoire|dispositif|\w+ (?:vague|phase)|cvcb)|parmi|laureate?s?|retenue?s?|concernee?s?|couverte?s?|eligibles?)\b"
            r"|\bfai(?:t|sons)[- ](?:elle|il|on|nous|ils|elles) partie|\bse porter candidat\w*|\b(?:nous|vous|leur) (?:est|sont|serait)(?:[- ](?:elle|il)s?)? ouverte?s?"
            r"|\bdans (?:la cible|les clous|les cases|le dispositif|le perimetre)\b|\bse presenter\b|\bnotre cas\b",
        ),
        (
            Intent.COVERED,
            r"\bdepenses?\b|\bfinanc(?:e|er|es|ent|ait|able)\b|\bprojets? (?:eligible|possible|concerne)"
            r"|\bpris\w* en charge|\bcouvr\w+|\bquels? (?:projets|travaux|types)"
            r"|\bquelles? (?:depenses|operations)",
        ),
        (
            Intent.EXCLUDED,
            r"\bexclu\w*|\bpas (?:eligible|pris|finance|couvert)\w*|\bne (?:finance|couvre|prend)",
        ),
        (
            Intent.HOW,
            r"\bcomment (?:faire|deposer|demander|candidater|adherer|obtenir|beneficier|avoir|postuler|s'y)"
            r"|\bou (?:deposer|demander|s'adresser|envoyer|candidater)|\bdemarches?\b|\bdossier\b"
            r"|\bdeposer\b"
            r"|\bcandidat\w*|\bformulaire|\bcontact\w*|\ba qui\b|\bqui contacter|\binscri\w+|\badherer\b"
            r"|\bappeler\b|\bjoindre\b|\bqui voir\b|\binterlocut\w+|\ba quelle porte"
            r"|\btelephone\b|\badresse\b|\bcourriel\b|\bplateforme\b",
        ),
        (
            Intent.EXAMPLES,
            r"\bexemples?\b|\bdeja (?:fait|ete|aide|finance|accorde|paye)\w*|\bs'est deja\b|\bd'autres (?:communes|villes|villages|mairies)|\bqui l'a (?:deja )?(?:fait|eu)|(?<!pour )(?<!\ba )\bquelles (?:communes|villes|collectivites)"
            r"|\bquels (?:villages"
            r"|laureats)|\blaureat\w*"
            r"|\bont (?:recu|obtenu|beneficie|touche)|\b(?:ils?|elles?) (?:ont|a) (?:eu|percu|touche)\b|\ba[- ](?:t-)?(?:elle|il)? ?(?:recu|obtenu"
            r"|touche|beneficie)"
            r"|\bqui a (?:recu|obtenu|touche)|\bcombien (?:de |d')(?:communes|villes|projets|dossiers)",
        ),
        (
            Intent.CUMULATE,
            r"\bcumul\w*|\badditionn\w+|\ben plus(?: d[eu']| ?[?!.,;]| ?$)|\bpar[- ]dessus\b(?! tout)|\btout le (?:solde|reste)\b|\ble reste\b.{0,30}\bvenir|\bajouter a\b|\bcompatibles?\b|\ben meme temps|\bavec (?:la|le) (?:detr|dsil|fonds vert)",
        ),
        (
            Intent.DIFFERENCE,
            r"\b(?:une?|le|la) seule? (?:\w+ ){1,2}ou (?:deux|plusieurs)\b|\blaquelle des deux|\blequel des deux|\bla meme (?:aide|chose|association|structure|enveloppe)|\ble meme (?:label|dispositif|fonds|programme)"
            r"|\b(?:l'un|l'une) .{0,40}\bl'autre\b|\bplus genereux|\bmieux (?:paye|rembours|finance)|\brembourse le mieux|\bque choisir|\bquelle porte\b.{0,40}\bou\b"
            r"|\b(?:lequel|laquelle) (?:peut|a|donne|est|rembourse|paie|paye|monte|vise|s'adresse|aide|finance)\b|\bles deux (?:aides|dispositifs|fonds|programmes|labels)\b"
            r"|\bqui fait quoi\b|\bles? memes? (?:taux|plafond|montant|seuil|regle|condition)s?\b"
            r"|\bhesit\w+\b|\bdeux (?:aides|dispositifs|fonds|programmes|labels|appels|subventions)\b|\bchacune?\b|\bca change quoi|\bdu pareil au meme|\bje (?:melange|confond)\w*|\bpour qui est l'un"
            r"|\bdiff\b|\bdifferences?\b|\bdiffere\b|\bdifferenci\w+|\bchoses? differentes?|\bdifferente?s? (?:de|du|des|d'|l'une?)\b|\b(?:est|sont)[- ](?:elles?|ils?|ce) differente?s?|\bdistingu\w+|\bconfon\w+|\bversus\b|\bvs\b|\bou bien\b|\bplutot qu[e']",
        ),
        (
            Intent.WHAT,
            r"\bc[' ]?est (?:quoi|koi)|\bc (?:quoi|koi)\b|\bqu'?est[- ]ce (?:que|qu')"
            r"|\ben quoi consiste|\ba quoi sert"
            r"|\bdefini\w+|\bpresent\w+"
            r"|\bprincipe\b|\bobjectifs?\b|\bsignifie\b|\bveut dire\b|\bcomment (?:fonctionne"
            r"|marche|ca marche)",
        ),
    )
)

# Their patterns span what the question is about: it stays among its words.
_WIDE = frozenset({Intent.ELIGIBLE, Intent.LIST})
# What is asked in figures: an amount, a date.
FIGURES = frozenset({Intent.HOW_MUCH, Intent.WHEN})
# Sections that hold what each intent asks for, the best first.
INTENT_SECTIONS: Mapping[Intent, tuple[str, ...]] = MappingProxyType(
    {
        Intent.WHAT: ("Objet",),
        Intent.WHO: ("Bénéficiaires",),
        Intent.HOW_MUCH: ("Montant", "Chiffres clés"),
        Intent.COVERED: ("Dépenses éligibles", "Dépenses exclues", "Objet"),
        Intent.EXCLUDED: ("Dépenses exclues",),
        Intent.WHEN: ("Calendrier",),
        Intent.HOW: ("Démarche",),
        Intent.EXAMPLES: ("Exemples", "Chiffres clés"),
        Intent.CUMULATE: ("Cumul",),
        Intent.DIFFERENCE: ("À ne pas confondre",),
        Intent.ELIGIBLE: ("Bénéficiaires",),
        Intent.LIST: ("Objet", "Dépenses éligibles"),
        Intent.COUNT: ("Chiffres clés",),
    }
)


def find_intents(text: str) -> frozenset[Intent]:
    """Return what a text asks about; empty when its wording tells nothing."""
    folded = fold(text)
    found = {intent for intent, pattern in _INTENTS if pattern.search(folded)}
    # "quelles dépenses sont exclues" also sounds like asking what is covered.
    return frozenset(found - {Intent.COVERED} if Intent.EXCLUDED in found else found)


def content_words(text: str, *, every: bool = False) -> str:
    """Return a folded text without the wording that only tells what is asked ("combien", "ont reçu").

    Args:
        text: the text.
        every: take the wide patterns out too, with what they span.
    """
    folded = fold(text)
    for intent, pattern in _INTENTS:
        if every or intent not in _WIDE:
            folded = pattern.sub(" ", folded)
    return folded
