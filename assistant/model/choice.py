"""Choose the language model that the settings ask for: a server elsewhere, a file here, or none."""

from __future__ import annotations

from assistant.model.calls import CalledModel, Limits
from assistant.model.connection import ChatModel, ModelUse
from assistant.settings import AssistantSettings


def configured(settings: AssistantSettings) -> ModelUse | None:
    """Return the model and its use, or None without one.

    Raises:
        ModelError: the local file can't be served, or an extra isn't installed.
    """
    model = chat_model(settings)
    return None if model is None else use_of(model, settings)


def use_of(model: CalledModel, settings: AssistantSettings) -> ModelUse:
    """Return what the settings have a model do."""
    return ModelUse(
        model,
        settings.prompt_tokens,
        rewrites=settings.llm_rewrite,
        chooser=model if settings.llm_chooses else None,
        choose_s=settings.llm_choose_s,
        words=settings.llm_words,
        reader=model if settings.llm_read else None,
        read_s=settings.llm_read_s,
    )


def chat_model(settings: AssistantSettings) -> CalledModel | None:
    """Return the model that the settings ask for, or None; an address goes before ``llm``.

    Raises:
        ModelError: the local file can't be served, or an extra isn't installed.
    """
    limits = Limits(
        settings.first_token_s, settings.llm_token_s, settings.llm_timeout_s, settings.llm_max_tokens
    )
    if settings.llm_base_url:
        return ChatModel(
            settings.llm_base_url, settings.llm_model, settings.llm_api_key, limits, settings.llm_structured
        )
    if settings.llm_file is not None:
        from assistant.model.local import serve_file

        return ChatModel(serve_file(settings.llm_file), None, None, limits, settings.llm_structured)
    if settings.llm:
        from assistant.model.provider import ProvidedModel

        return ProvidedModel(settings.llm, settings.llm_api_key, limits, settings.llm_structured)
    return None
