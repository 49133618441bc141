"""French words that say a rule otherwise and add nothing to it: light verbs, telling, words of one sense.

None names anyone, anything, a place, a measure or a date: such a word must stand in the source.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from corpus.french.folding import words
from ingest.lexical import analyse

# Words that a rule may be told with, whatever it says, irregular forms with them. What turns its sense is
# checked apart, by ``shift``.
_TELLING = """
être étaient serait seraient sera seront soit soient été avoir avait auront auraient eu faire fait font
faisait pouvoir pouvait peuvent puisse pu devoir doit dû falloir faut fallait aller va vont ira iront irait
allait venir vient viennent venu vouloir veut voulu savoir sait su mettre met mis mise prendre prend
prennent pris prise tenir tient tenu rendre rend attendre attend attendu voir voit vu vue connaître connaît
connu devenir devient devenu revenir revient convenir convient intervenir intervient rester reste demeurer
sembler paraître apparaître apparu arriver passer entrer tourner garder conserver laisser continuer
poursuivre trouver chercher donner apporter offrir offre offert montrer lire lu écrire écrit dire dit parler
appeler nommer dénommer intituler nom titre expliquer décrire décrit indiquer affirmer préciser citer
mentionner rappeler évoquer signaler noter confirmer souligner estimer considérer juger compter recenser
dénombrer élever chiffrer calculer établir fixer définir déterminer désigner qualifier signifier selon
exemple cas cadre façon manière moyen raison question réponse point sujet détail information document texte
règle suite début départ origine nature type sorte genre catégorie niveau ensemble chose nombre chiffre
valeur somme partie part comprendre comprend compris comporter contenir contient inclure inclut regrouper
réunir composer constituer former représenter figurer consister impliquer supposer nécessiter entraîner
concerner viser porter relever dépendre dépend varier correspondre agir traiter rattacher appliquer lier
permettre permet permis possible possibilité nécessaire requis valoir vaut servir sert utiliser employer
suivre suit suivi proposer reprendre repris réaliser effectuer mener mène assurer organiser objectif but
vocation destiner consacrer affecter adresser demander demande solliciter déposer dépôt candidater candidat
candidature postuler répondre répond présenter prétendre contacter contact interlocuteur bénéficier
bénéficiaire obtenir obtient obtenu recevoir reçoit reçu toucher disposer accès accéder accessible ouvrir
ouvre ouvert aide aider dispositif programme projet mesure soutien soutenir soutient soutenu appui appuyer
charge dépasser dépasse excéder supérieur inférieur plafond plafonner maximum maximal minimum minimal limite
limiter total atteindre atteint seuil plancher montant environ près abord surtout principalement notamment
aussi également ainsi alors donc ensuite puis auparavant avant après désormais actuellement actuel encore
toujours déjà lors pendant durant depuis jusque maintenant différent distinct autre propre sien sienne mien
même chacun chaque plusieurs certain quelque parmi exister existe lister oui non sauf hors excepté sinon
seulement uniquement seul réserver confondre confond couvrir couvre couvert quand lorsque si afin pour
contre entre vers chez suivant mieux bien fois ajouter compléter remplir dater date situer situé lieu champ
suffire suffit participer participation directement direct sélection retenu retenue étudier examiner
regarder voisin proche occasion issue provenir résulter découler reposer baser fonder respecter satisfaire
joindre fournir apport contribuer contribution intervention prévoir prévu attribuer attribuée attribution
décerner allouer réalisation effort rôle fonction activité actif effectif véritable réel réellement
effectivement précisément exactement généralement habituellement principe pratique pratiquement général
globalement partiellement spécifique particulier relatif concernant quant grâce cause conséquence résultat
contraire contrairement plutôt tandis pourtant cependant toutefois néanmoins outre malgré face sein delà
dessous dessus éventuel éventuellement simple simplement présent présence absence existence
"""
# Words that mean the same in a rule about public aid: one may stand where another does.
_SAME = """
financer finance financement cofinancer payer paie verser verse versement couvrir accorder allouer fonds
subvention subventionner
clore clos close fermer fermeture terminer terminé finir fin achever échu expirer
ouvrir ouvert ouverture
exclure exclu exclusion refuser refus écarter inéligible interdire interdit irrecevable
accepter admettre admis autoriser éligible recevable
créer création naître né fonder lancer lancement démarrer commencer débuter inaugurer
prolonger reconduire prolongation reconduction
supprimer suppression
étendre étend extension agrandir agrandissement
rénover rénovation réhabiliter réhabilitation restaurer restauration
réparer réparation remise
dégât dommage abîmer endommager sinistre sinistrer
construire construction bâtir construit
bâtiment édifice immeuble
acheter achat acquérir acquisition acquis
priorité prioritaire prioriser préférence préférer plutôt
taux pourcentage
coût dépense
tarif prix
habitant population
condition critère exiger exige exigence
obligation obligatoire obliger
école scolaire
vélo cyclable
véloroute cyclable
route voirie rue
an année annuel
mois mensuel
péril danger
choisir sélectionner sélection retenir lauréat
prévoir prévoit prévu prévision
annoncer annonce
décider décision décide
voter vote
signer signature
adopter adoption
rembourser remboursement
baisser diminuer réduire
augmenter hausse majorer bonus bonification
supplémentaire plus
dernier récent
village bourg
accompagner accompagnement conseil conseiller
installer installation implanter implantation
protéger protection préserver préservation sauvegarder
contrôler contrôle vérifier vérification surveiller surveillance
caméra vidéoprotection vidéosurveillance
planter plantation
équiper équipement
travaux chantier
emploi poste
salarié employé
enveloppe budget crédit
adhérer adhérent adhésion
édition session campagne
durer durée
crue inondation
bilan résultat
"""
# Words that say less than others do: "paie" where the passage says "subvention", not the reverse.
_BROADER: Mapping[str, str] = {
    "financer finance financement payer paie verser verse versement": "subvention dotation prime prêt avance",
    "aménager aménagement": "construction rénovation extension",
    "collectivité": "commune intercommunalité département",
}
# Who gives and who gets: no title lends them to what is said of it.
_PARTIES = """
commune communal mairie maire municipal ville village intercommunalité intercommunal epci agglomération
métropole communauté syndicat collectivité département départemental région régional état préfecture préfet
national europe européen association entreprise société commerçant artisan particulier propriétaire bailleur
agriculteur exploitant habitant université
"""
# Whom a stem would take for a thing: these are compared as they're written.
_PEOPLE = """
commerçant commerçante maire mairie artisan artisane habitant préfet préfecture président présidence agent élu
étudiant salarié professionnel particulier propriétaire locataire bailleur agriculteur exploitant entrepreneur
gérant élève ministre ministère député sénateur
"""


@cache
def telling() -> frozenset[str]:
    """The stems of the words of telling."""
    return frozenset(analyse(_TELLING)) - parties()


@cache
def same() -> Mapping[str, frozenset[int]]:
    """By stem, the groups of words that mean the same."""
    groups: dict[str, frozenset[int]] = {}
    for number, line in enumerate(_SAME.strip().splitlines()):
        for stem in analyse(line):
            groups[stem] = groups.get(stem, frozenset()) | {number}
    return groups


@cache
def broader() -> Mapping[str, frozenset[str]]:
    """By stem, those that say more."""
    return {stem: frozenset(analyse(more)) for less, more in _BROADER.items() for stem in analyse(less)}


@cache
def parties() -> frozenset[str]:
    """The stems of the words for who gives and who gets."""
    return frozenset(analyse(_PARTIES))


def people(text: str) -> frozenset[str]:
    """The persons and their seats that a text names, in the singular."""
    return _people().intersection(word.removesuffix("s") for word in words(text))


@cache
def _people() -> frozenset[str]:
    return frozenset(words(_PEOPLE))
