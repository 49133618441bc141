"""The connection to a language model behind an OpenAI-compatible address: the one file that knows one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import httpx
from pydantic import SecretStr

from assistant.errors import ModelError, ModelNotOffered
from assistant.model.bounded import bounded_client
from assistant.model.calls import (
    CalledModel,
    FillsShapes,
    LanguageModel,
    Limits,
    Method,
    refusal,
    retry_after,
)

_NO_KEY = "none"
# Servers that say what their models are for (Albert, OpenGateLLM) also list encoders and rerankers.
_CHAT_TYPES = ("text-generation", "image-text-to-text")


@dataclass(frozen=True, slots=True)
class ModelUse:
    """A model and what it's used for.

    Attributes:
        model: the model.
        prompt_tokens: most tokens that it reads.
        rewrites: whether it says in full the follow-ups that the rules don't understand.
        chooser: itself, where it chooses the statements that answer; None where it doesn't.
        choose_s: most seconds that it has to choose.
        words: whether it words the answers.
        reader: itself, where it reads the conversation; None where it doesn't.
        read_s: most seconds that it has to read.
    """

    model: LanguageModel
    prompt_tokens: int
    rewrites: bool = False
    chooser: FillsShapes | None = None
    choose_s: float = 15.0
    words: bool = True
    reader: FillsShapes | None = None
    read_s: float = 15.0


class ChatModel(CalledModel):
    """A chat model, through LangChain; nothing is asked of it before the first reply."""

    def __init__(
        self,
        base_url: str,
        model: str | None,
        key: SecretStr | None,
        limits: Limits,
        method: Method = "json_schema",
    ) -> None:
        """Keep the address.

        Args:
            base_url: address of the server, with or without ``/v1``.
            model: id or alias; None for the only model that the server offers.
            key: sent as a bearer token; never logged.
            limits: how long it may take.
            method: how it's made to fill a shape.

        Raises:
            ModelError: the extra that talks to models isn't installed.
        """
        try:
            # Takes seconds, so that it's done before the first reply, and only where a model is set.
            from langchain_openai.chat_models.base import BaseChatOpenAI
        except ImportError:
            raise ModelError("l’extra « llm » n’est pas installé") from None
        super().__init__(limits, method)
        self._chat_class = BaseChatOpenAI
        self._base_url = with_version(base_url)
        self._asked = model
        self._key = key
        self._id: str | None = None

    @property
    def name(self) -> str:
        """The model's id, once known; before that what was asked for."""
        return self._id or self._asked or "llm"

    def offered(self) -> dict[str, str]:
        """The chat models that the server offers: each id and alias with its id.

        Raises:
            ModelError: the server doesn't answer, refuses the key or answers something else.
        """
        headers = {"Authorization": f"Bearer {self._key.get_secret_value()}"} if self._key else {}
        try:
            with bounded_client(min(10.0, self._limits.first_token_s)) as client:
                answer = client.get(f"{self._base_url}/models", headers=headers)
            answer.raise_for_status()
            entries = answer.json()["data"]
            return {
                str(name): str(entry["id"])
                for entry in entries
                if entry.get("type", _CHAT_TYPES[0]) in _CHAT_TYPES
                for name in (entry["id"], *_aliases(entry))
            }
        except httpx.HTTPStatusError as error:
            refused = error.response
            raise ModelError(refusal(refused.status_code), retry_after(refused), "refused") from None
        except (httpx.HTTPError, httpx.InvalidURL):
            raise ModelError("son serveur ne répond pas", cause="unreachable") from None
        except (ValueError, KeyError, TypeError, AttributeError):
            raise ModelError("son serveur ne donne pas la liste de ses modèles") from None

    def resolve(self) -> str:
        """Settle the model's id from what the server offers.

        Raises:
            ModelNotOffered: the server doesn't offer what is asked for.
            ModelError: the server can't be asked.
        """
        if self._id is None:
            offered = self.offered()
            ids = list(dict.fromkeys(offered.values()))
            if self._asked is None and len(ids) == 1:
                self._id = ids[0]
            elif self._asked in offered:
                self._id = offered[str(self._asked)]
            else:
                raise ModelNotOffered(self._asked, ids)
        return self._id

    def _client(self, seconds: float) -> httpx.Client:
        return bounded_client(seconds)

    def _chat(self, client: httpx.Client | None) -> Any:
        return self._chat_class(
            model=self.resolve(),
            base_url=self._base_url,
            api_key=self._key or SecretStr(_NO_KEY),
            temperature=0,
            max_tokens=self._limits.max_tokens,
            timeout=self._limits.total_s,
            max_retries=0,
            stream_usage=False,
            http_client=client,
        )


def with_version(base_url: str) -> str:
    """Complete an address with ``/v1`` when it names no version."""
    base = base_url.rstrip("/")
    return base if base.rsplit("/", 1)[-1].startswith("v") and base[-1].isdigit() else f"{base}/v1"


def _aliases(entry: dict[str, Any]) -> list[str]:
    return [str(alias) for alias in entry.get("aliases") or ()]
