"""Errors of the assistant; their text is one French line that says what failed and what to do."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.typography import typeset

_SHOWN = 60


class AssistantError(Exception):
    """A request that can't be served; the message is shown to the user."""


class UnknownScheme(AssistantError):
    """The request names a scheme that the catalogue doesn't hold."""

    def __init__(self, scheme: str) -> None:
        """Name the scheme asked for."""
        super().__init__(
            f"Le dispositif « {scheme} » n’existe pas dans le catalogue. "
            "La liste des identifiants est donnée par GET /api/schemes."
        )
        self.scheme = scheme


class UnknownCommune(AssistantError):
    """The request names no commune of the region."""

    def __init__(self, code: str, nearest: Sequence[str] = ()) -> None:
        """Say what is covered; ``code`` is an INSEE code or a name, ``nearest`` are names that look alike."""
        what = f"n’est pas {'le code' if _is_code(code) else 'le nom'} d’une commune des Hauts-de-France"
        advice = (
            f"Noms proches : {', '.join(nearest)}."
            if nearest
            else "Donnez le nom de la commune ou son code INSEE à cinq caractères : 59431 pour Nieppe."
        )
        super().__init__(
            typeset(f"« {_shown(code)} » {what}, seule région que couvre cet assistant. {advice}")
        )
        self.code = code


class WrongFact(AssistantError):
    """A fact given by the caller is unknown or makes no sense."""

    def __init__(self, key: str, problem: str) -> None:
        """Name the fact and say what to write."""
        super().__init__(typeset(f"{problem[:1].upper()}{problem[1:]}."))
        self.key = key


class WrongDate(AssistantError):
    """The date of an assessment is out of reach of the corpus."""

    def __init__(self, given: str, first: str, last: str) -> None:
        """Give the dates that make sense."""
        super().__init__(
            typeset(f"La date « {given} » n’a pas de sens ici : choisissez un jour du {first} au {last}.")
        )


class AmbiguousCommune(AssistantError):
    """A text may mean several communes."""

    def __init__(self, name: str, labels: Sequence[str]) -> None:
        """List them, each with its code."""
        super().__init__(
            typeset(
                f"« {_shown(name)} » désigne plusieurs communes : {', '.join(labels)}. Donnez le code INSEE."
            )
        )
        self.labels = tuple(labels)


class PortInUse(AssistantError):
    """The server can't listen on the port asked for."""

    def __init__(self, host: str, port: int) -> None:
        """Name the address."""
        super().__init__(
            f"Le port {port} est déjà utilisé sur {host}. Arrêtez l’autre programme ou choisissez "
            f"un autre port : assistant serve --port {port + 1}."
        )


def _shown(text: str) -> str:
    """What the caller wrote, cut when it's long."""
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"


def _is_code(text: str) -> bool:
    return len(text) == 5 and text[0].isdigit() and text[2:].isdigit()


class ModelError(AssistantError):
    """The language model can't be used; the answer is then given without it."""

    def __init__(self, problem: str) -> None:
        """Say what is wrong; the model is the subject of the sentence."""
        super().__init__(typeset(f"Le modèle de langage est indisponible : {problem}."))


class UnknownModel(ModelError):
    """The server doesn't offer the model asked for."""

    def __init__(self, asked: str | None, offered: Sequence[str]) -> None:
        """Name the model asked for and those that the server offers."""
        names = ", ".join(offered) or "aucun"
        what = f"« {asked} » n’est pas proposé" if asked else "ASSISTANT_LLM_MODEL n’est pas réglé"
        super().__init__(f"{what} ; modèles proposés par son serveur : {names}")
