"""A model named "provider:model", made by LangChain's ``init_chat_model``: the one file that knows it."""

from __future__ import annotations

from typing import Any

import httpx
from pydantic import SecretStr

from assistant.errors import ModelError
from assistant.model.calls import CalledModel, Limits, Method


class ProvidedModel(CalledModel):
    """A chat model of any provider that LangChain knows; the provider's own package makes the calls."""

    def __init__(
        self, named: str, key: SecretStr | None, limits: Limits, method: Method = "json_schema"
    ) -> None:
        """Keep the name; nothing is asked of the provider.

        Args:
            named: "provider:model".
            key: given to the provider's package; None to let it find its own, as in ``MISTRAL_API_KEY``.
            limits: how long it may take.
            method: how it's made to fill a shape.

        Raises:
            ModelError: LangChain isn't installed.
        """
        super().__init__(limits, method)
        try:
            from langchain.chat_models import init_chat_model
        except ImportError:
            raise ModelError(
                "le paquet « langchain » n’est pas installé (pip install langchain, et celui du fournisseur)"
            ) from None
        self._make = init_chat_model
        self._named = named
        self._key = key

    @property
    def name(self) -> str:
        """The model's name, without its provider's."""
        return self._named.partition(":")[2]

    def resolve(self) -> str:
        """Make the model, without asking it anything.

        Raises:
            ModelError: the provider isn't known, its package isn't installed, or it has no key.
        """
        self._chat(None)
        return self.name

    def _client(self, seconds: float) -> httpx.Client | None:
        return None

    def _chat(self, client: httpx.Client | None) -> Any:
        given = {} if self._key is None else {"api_key": self._key.get_secret_value()}
        try:
            return self._make(
                self._named,
                temperature=0,
                max_tokens=self._limits.max_tokens,
                timeout=self._limits.total_s,
                max_retries=0,
                **given,
            )
        except ImportError as error:
            package = f" ({error.name})" if error.name else ""
            raise ModelError(
                f"le paquet de son fournisseur n’est pas installé{package}", cause="unreachable"
            ) from None
        except Exception:  # noqa: BLE001 - each provider's package refuses in its own way
            raise ModelError(
                "son fournisseur n’est pas connu de LangChain, ou sa clé (ASSISTANT_LLM_API_KEY) manque",
                cause="refused",
            ) from None
