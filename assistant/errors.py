"""Errors of the assistant; their text is one French line that says what failed and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from corpus.french.elision import of_name
from corpus.french.typography import typeset

_SHOWN = 60

ModelFailure = Literal["paused", "late", "refused", "unreachable", "unreadable", "struck"]
"""Why a reply is given without the language model that is set: it's left alone for a while after failing;
too slow, or no time was left for it; its server answers an error or it declines; it can't be reached; what it
sends can't be read; what it said didn't stand our checks."""


class AssistantError(Exception):
    """A request that can't be served; the message is shown to the user."""

    retry_after: int | None = None
    """Seconds after which the same request may be served, when that's known."""


class UnknownScheme(AssistantError):
    """The request names a scheme that the catalogue doesn't hold."""

    def __init__(self, scheme: str) -> None:
        """Name the scheme asked for."""
        super().__init__(
            typeset(
                f"Le dispositif « {_shown(scheme)} » n’existe pas dans le catalogue : "
                "vérifiez son identifiant, par exemple « cvcb »."
            )
        )
        self.scheme = scheme


class UnknownModel(AssistantError):
    """A client of the OpenAI form names a model that isn't there."""

    def __init__(self, name: str, known: str) -> None:
        """Name the one that is."""
        super().__init__(f"Le modèle « {_shown(name)} » n’existe pas ici : demandez « {known} ».")


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


class AmbiguousCode(AmbiguousCommune):
    """A code is one commune's INSEE code and the postcode of others."""

    def __init__(self, code: str, insee: str, postal: Sequence[str]) -> None:
        """Name both readings, and how to write each."""
        AssistantError.__init__(
            self,
            typeset(
                f"« {_shown(code)} » est à la fois le code INSEE {of_name(insee)} et le code "
                f"postal {of_name(', '.join(postal))}. Écrivez « insee:{code} », « cp:{code} » ou le nom de "
                "la commune."
            ),
        )
        self.labels = (insee, *postal)


class FeedbackUnavailable(AssistantError):
    """The database of the feedback can't be used."""

    def __init__(self) -> None:
        """Say what to look at; neither the address nor the reason is for the user."""
        super().__init__(
            "La base des avis est inutilisable : réessayez plus tard. Pour l’administrateur : "
            "vérifiez le réglage ASSISTANT_FEEDBACK_URL."
        )


class TooBusy(AssistantError):
    """No reply could be begun in time: too many are asked for at once."""

    retry_after = 10

    def __init__(self) -> None:
        """Say to come back."""
        super().__init__(
            f"Trop de questions sont posées en même temps. Réessayez dans {self.retry_after} secondes."
        )


class ReplyTooLong(AssistantError):
    """A reply was begun and not ended in time."""

    def __init__(self) -> None:
        """Say what may help."""
        super().__init__(
            "La réponse a demandé trop de temps et a été arrêtée. Réessayez, ou posez une question "
            "plus courte."
        )


class ClientGone(AssistantError):
    """Whoever asked went away; nobody reads this."""

    def __init__(self) -> None:
        """Say it for the log."""
        super().__init__("La question a été abandonnée par celui qui la posait.")


class MissingPackage(AssistantError):
    """An optional package isn't installed."""

    def __init__(self, package: str, extra: str) -> None:
        """Name the package, and the extra that brings it."""
        super().__init__(
            typeset(f"« {package} » n’est pas installé. Dans le dossier du projet, lancez : ")
            + f"pip install -c constraints.txt -e '.[{extra}]'"
        )


class UnreadableLegalFile(AssistantError):
    """The file of the legal page can't be read."""

    def __init__(self, path: Path) -> None:
        """Name the file."""
        super().__init__(
            f"Le fichier des mentions légales « {path} » ne peut pas être lu. Donnez un fichier Markdown en "
            "UTF-8 dans ASSISTANT_LEGAL_FILE, ou retirez ce réglage."
        )


class WrongIdentityFile(AssistantError):
    """The file of what the pages show of a Region can't be read, or says what can't be shown."""

    def __init__(self, path: Path, why: str) -> None:
        """Name the file and say why."""
        super().__init__(f"Le fichier d’identité « {path} » (ASSISTANT_IDENTITY_FILE) : {why}")


class ShortBoardToken(AssistantError):
    """The token of the officer's board could be guessed."""

    def __init__(self, least: int) -> None:
        """Say how long it must be; never what it is."""
        super().__init__(
            f"Le jeton du tableau de bord (ASSISTANT_BOARD_TOKEN) est trop court\u00a0: donnez-en un d’au "
            f"moins {least} caractères, tiré au hasard, ou retirez ce réglage."
        )


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

    def __init__(
        self, problem: str, retry_s: float | None = None, cause: ModelFailure = "unreadable"
    ) -> None:
        """Say what is wrong.

        Args:
            problem: what, with the model as the subject of the sentence.
            retry_s: seconds for which the server asks to be left alone.
            cause: under which it's counted.
        """
        super().__init__(typeset(f"Le modèle de langage est indisponible : {problem}."))
        self.retry_s = retry_s
        self.cause = cause


class ModelLeftAlone(ModelError):
    """The language model failed too often: it isn't asked for a while."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__("après plusieurs échecs, il est laissé de côté un moment", cause="paused")


class ModelNotOffered(ModelError):
    """The server doesn't offer the model asked for."""

    def __init__(self, asked: str | None, offered: Sequence[str]) -> None:
        """Name the model asked for and those that the server offers."""
        names = ", ".join(offered) or "aucun"
        what = f"« {asked} » n’est pas proposé" if asked else "ASSISTANT_LLM_MODEL n’est pas réglé"
        super().__init__(f"{what} ; modèles proposés par son serveur : {names}", cause="refused")


class UnreadableSubjects(AssistantError):
    """The trained file that tells which scheme a message is about can't be used."""

    def __init__(self, path: Path, why: str) -> None:
        """Say which file and what is wrong with it ("manque")."""
        super().__init__(
            f"Ce qui reconnaît le dispositif d’un message, « {path} », {why}. "
            "Lancez\u00a0: assistant train subject"
        )
        self.path = path


class UnreadableReader(AssistantError):
    """The trained file that reads messages can't be used."""

    def __init__(self, path: Path, why: str) -> None:
        """Say which file and what is wrong with it ("manque")."""
        super().__init__(f"Le lecteur appris « {path} » {why}. Lancez\u00a0: assistant train reader")
        self.path = path


class NoScheme(AssistantError):
    """A document tells of no aid: no fiche can be drafted from it."""

    def __init__(self, name: str) -> None:
        """Name the document."""
        super().__init__(
            f"« {_shown(name)} » ne dit ni qui peut demander une aide, ni son montant, ni ses dates : "
            "aucune fiche n’en a été tirée. Donnez le règlement ou la page qui présente le dispositif."
        )


class WontOverwrite(AssistantError):
    """A file that is already there would be overwritten."""

    def __init__(self, path: Path) -> None:
        """Name the file."""
        super().__init__(f"« {path} » existe déjà : donnez un autre nom à --out, ou ajoutez --force.")
