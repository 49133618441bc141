"""The model that the settings name, and what it's used for; a provider's is made by LangChain."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
from langchain_core.messages import AIMessage
from pydantic import SecretStr
from scripted_model import MODEL, Script, scripted

from assistant.commands.doctor import _told
from assistant.errors import ModelError
from assistant.model.ability import Ability, ability_of
from assistant.model.calls import Limits
from assistant.model.choice import chat_model, configured
from assistant.model.chooser import ChosenNumbers
from assistant.model.connection import ChatModel
from assistant.settings import DEFAULTS, AssistantSettings

LIMITS = Limits(first_token_s=60.0, token_s=60.0, total_s=60.0, max_tokens=400)


def settings(**values: object) -> AssistantSettings:
    return DEFAULTS.model_copy(update=values)


def provided(monkeypatch: pytest.MonkeyPatch, make: Any) -> None:
    """Put a LangChain in place whose ``init_chat_model`` is ``make``."""
    module = ModuleType("langchain.chat_models")
    module.init_chat_model = make  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "langchain", ModuleType("langchain"))
    monkeypatch.setitem(sys.modules, "langchain.chat_models", module)


class _Fills(GenericFakeChatModel):
    """A chat model that answers one tool call to whoever wants a shape."""

    def bind_tools(self, tools: Any, **kwargs: Any) -> Any:
        return self


def test_without_a_model_there_is_none() -> None:
    assert configured(settings()) is None


@pytest.mark.parametrize(
    "named", ["openai:gpt-4o-mini", "ollama:qwen2.5:7b", "mistralai:mistral-small-latest"]
)
def test_a_provider_and_a_model_are_no_file(named: str) -> None:
    assert settings(llm=named).llm_file is None
    assert settings(llm=named).prompt_tokens == 3000
    assert (settings(llm=named).llm_chooses, settings(llm=named).llm_words) == (True, False)


@pytest.mark.parametrize("path", ["var/llm/qwen.gguf", "/srv/modèle.gguf", "qwen.gguf", "c:modele.gguf"])
def test_a_file_words_and_does_not_choose_unless_told_to(path: str) -> None:
    assert settings(llm=path).llm_file == Path(path)
    assert (settings(llm=path).llm_chooses, settings(llm=path).llm_words) == (False, True)
    assert settings(llm=path, llm_choose=True).llm_chooses
    assert settings(llm=path).prompt_tokens == 600


def test_a_model_of_a_provider_is_made_with_its_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    given: dict[str, Any] = {}

    def make(named: str, **values: Any) -> Any:
        given.update(values, named=named)
        call = {"name": "ChosenNumbers", "args": {"status": "answered", "statements": [2]}, "id": "1"}
        return _Fills(messages=iter([AIMessage("", tool_calls=[call])]))

    provided(monkeypatch, make)
    chosen = settings(
        llm="ollama:qwen2.5:7b", llm_api_key=SecretStr("cle"), llm_structured="function_calling"
    )
    use = configured(chosen)
    assert use is not None
    assert use.chooser is not None
    assert not use.words
    assert use.model.name == "qwen2.5:7b"
    told = use.chooser.fill(ChosenNumbers, "règles", "phrases", 60.0)
    assert told == ChosenNumbers(status="answered", statements=[2])
    assert given["named"] == "ollama:qwen2.5:7b"
    assert (given["temperature"], given["max_retries"], given["api_key"]) == (0, 0, "cle")


def test_the_stream_of_a_provider_is_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    end = AIMessage("Un mot.", response_metadata={"done_reason": "stop"})
    provided(monkeypatch, lambda *_, **__: GenericFakeChatModel(messages=iter([end])))
    model = chat_model(settings(llm="ollama:petit"))
    assert model is not None
    with pytest.raises(ModelError, match="interrompue"):  # nothing says that it's whole
        list(model.stream("règles", "question"))


def _no_package(*_: object, **__: object) -> None:
    raise ModuleNotFoundError("no", name="langchain_mistralai")


def _unknown(*_: object, **__: object) -> None:
    raise ValueError("Unsupported provider: sk-secret")


def test_what_a_provider_lacks_is_said_in_one_french_line(monkeypatch: pytest.MonkeyPatch) -> None:
    for make, said in ((_no_package, r"pas installé \(langchain_mistralai\)"), (_unknown, "n’est pas connu")):
        provided(monkeypatch, make)
        model = chat_model(settings(llm="mistralai:petit"))
        assert model is not None
        with pytest.raises(ModelError, match=said) as refused:
            model.resolve()
        assert "sk-secret" not in str(refused.value)
        assert "\n" not in str(refused.value)
    monkeypatch.setitem(sys.modules, "langchain.chat_models", None)
    with pytest.raises(ModelError, match=r"langchain.*n’est pas installé"):
        chat_model(settings(llm="mistralai:petit"))


def test_what_a_model_can_do_is_asked_of_it() -> None:
    with scripted(Script(fills=lambda _: {"total": 5})) as script:
        found = ability_of(ChatModel(script.address, "petit", None, LIMITS), 60.0)
    assert list(found.methods) == ["json_schema", "function_calling", "json_mode"]
    assert {asked["model"] for asked in script.asked} == {MODEL}
    assert "il sait appeler des outils" in _told(found, "json_schema")
    with scripted(Script(fills=lambda _: "cinq")) as script:
        found = ability_of(ChatModel(script.address, "petit", None, LIMITS), 60.0)
    assert found.methods == {}
    with pytest.raises(ModelError):
        _told(found, "json_schema")


def test_the_way_to_set_is_named_when_the_one_set_fails() -> None:
    with pytest.raises(ModelError, match="ASSISTANT_LLM_STRUCTURED=function_calling"):
        _told(Ability({"function_calling": 0.42}, None), "json_schema")
