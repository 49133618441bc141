"""Errors of the assistant; their text is one French line that says what failed and what to do."""

from __future__ import annotations


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
    """The request names a code INSEE that isn't one of the region's communes."""

    def __init__(self, code: str) -> None:
        """Name the code asked for."""
        super().__init__(
            f"Le code INSEE « {code} » n’est pas celui d’une commune des Hauts-de-France. "
            "Le code a cinq caractères, par exemple 59431 pour Nieppe."
        )
        self.code = code


class PortInUse(AssistantError):
    """The server can't listen on the port asked for."""

    def __init__(self, host: str, port: int) -> None:
        """Name the address."""
        super().__init__(
            f"Le port {port} est déjà utilisé sur {host}. Arrêtez l’autre programme ou choisissez "
            f"un autre port : assistant serve --port {port + 1}."
        )
