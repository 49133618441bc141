"""Choose the language model that the settings ask for: a server elsewhere, a file here, or none."""

from __future__ import annotations

from assistant.model.connection import ChatModel, Limits, ModelUse
from assistant.settings import AssistantSettings


def configured(settings: AssistantSettings) -> ModelUse | None:
    """Return the model and its use, or None without one.

    Raises:
        ModelError: the local file can't be served, or an extra isn't installed.
    """
    model = chat_model(settings)
    return None if model is None else use_of(model, settings)


def use_of(model: ChatModel, settings: AssistantSettings) -> ModelUse:
    """Return what the settings have a model do."""
    return ModelUse(model, settings.prompt_tokens, rewrites=settings.llm_rewrite)


def chat_model(settings: AssistantSettings) -> ChatModel | None:
    """Return the model that the settings ask for, or None; an address goes before a file.

    Raises:
        ModelError: the local file can't be served, or an extra isn't installed.
    """
    limits = Limits(
        settings.first_token_s, settings.llm_token_s, settings.llm_timeout_s, settings.llm_max_tokens
    )
    if settings.llm_base_url:
        return ChatModel(settings.llm_base_url, settings.llm_model, settings.llm_api_key, limits)
    if settings.llm:
        from assistant.model.local import serve_file

        return ChatModel(serve_file(settings.llm), None, None, limits)
    return None
