"""What is asked back: which scheme, which aid, which need."""

from __future__ import annotations

from assistant.messages.french import NBSP

WHICH_SCHEME = (
    f"Je ne suis pas sûr de bien comprendre. Votre question porte-t-elle sur l’un de ces dispositifs{NBSP}?"
)
WHICH_AID = f"Ces aides peuvent convenir à votre projet. Laquelle voulez-vous regarder de plus près{NBSP}?"
THIS_AID = f"Est-ce bien l’aide dont vous parlez{NBSP}?"
NOT_THIS_ONE = "Non, une autre aide"
NONE_OF_THESE = "Aucun de ceux-là"
WHICH_NEED = (
    f"Pour quel projet ou quel dispositif posez-vous la question{NBSP}? "
    f"Dites-le en quelques mots, par exemple «{NBSP}Refaire la place du village{NBSP}»."
)
NEEDS = (
    "Refaire la place du village",
    "Garder le dernier commerce",
    "Installer des caméras",
    "Restaurer l’église",
    "Planter des arbres",
    "Construire un équipement sportif",
)
