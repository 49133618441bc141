"""For LangChain's users: tools with artifacts, the assistant as a runnable, the example of the page."""

from __future__ import annotations

import json
import re
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
from langchain_core.messages import AIMessage, HumanMessage, SystemMessage, ToolMessage
from langchain_core.tools import BaseTool
from small_corpus import ask

from assistant.answering.engine import Engine
from assistant.api.langchain.runnable import assistant_runnable, request_of
from assistant.api.langchain.tools import tools
from assistant.api.mcp.overview import VerdictOverview
from assistant.api.mcp.schemes import FoundSchemes
from assistant.eligibility.commune_view import CommuneList
from assistant.reply import Reply

AMOUNT = "Quel est le montant de l’aide aux halles de marché ?"
PAGE = Path(__file__).parents[4] / "docs" / "langchain.md"


@pytest.fixture(scope="module")
def by_name(small_engine: Engine) -> dict[str, BaseTool]:
    return {tool.name: tool for tool in tools(small_engine)}


def called(tool: BaseTool, **arguments: Any) -> ToolMessage:
    """What an agent's model gets back."""
    message = tool.invoke({"name": tool.name, "args": arguments, "id": "1", "type": "tool_call"})
    assert isinstance(message, ToolMessage)
    return message


def test_a_search_gives_json_to_read_and_a_typed_artifact(by_name: dict[str, BaseTool]) -> None:
    message = called(by_name["chercher_dispositifs"], besoin="une halle de marché", nombre=1)
    assert isinstance(message.artifact, FoundSchemes)
    assert [scheme.id for scheme in message.artifact.schemes] == ["halles"]
    assert (
        json.loads(message.text)["schemes"][0]["passages"][0]["sources"][0]["url"]
        == "https://example.org/halles"
    )


def test_a_verdict_is_the_one_computed(by_name: dict[str, BaseTool], small_engine: Engine) -> None:
    message = called(by_name["verifier_eligibilite"], commune="Nieppe", faits={"population": 1500.0})
    assert isinstance(message.artifact, VerdictOverview)
    assert message.artifact.commune == "Nieppe (Nord)"
    assert {item.scheme_id for item in message.artifact.schemes} == {
        scheme.id for scheme in small_engine.catalogue.schemes
    }


def test_communes_are_found_by_a_piece_of_their_name(by_name: dict[str, BaseTool]) -> None:
    message = called(by_name["trouver_commune"], nom="niep")
    assert isinstance(message.artifact, CommuneList)
    assert "Nieppe" in message.text


@pytest.mark.parametrize(
    ("tool", "arguments", "said"),
    [
        ("chercher_dispositifs", {"besoin": "", "nombre": 99}, "L’appel est refusé."),
        ("chercher_dispositifs", {"besoin": "une halle", "autre": 1}, "L’appel est refusé."),
        ("verifier_eligibilite", {"commune": "Paris"}, "Paris"),
        ("verifier_eligibilite", {"commune": "Nieppe", "dispositif": "aucun"}, "chercher_dispositifs"),
        ("verifier_eligibilite", {"commune": "Nieppe", "faits": {"population": "beaucoup"}}, "population"),
    ],
)
def test_a_refusal_is_a_french_sentence_without_artifact(
    by_name: dict[str, BaseTool], tool: str, arguments: dict[str, Any], said: str
) -> None:
    message = called(by_name[tool], **arguments)
    assert said in message.text
    assert message.artifact is None
    assert message.status == "error"
    assert "validation error" not in message.text


def test_the_runnable_gives_the_reply_of_the_engine(small_engine: Engine) -> None:
    plain = small_engine.reply(ask(AMOUNT))
    message = assistant_runnable(small_engine).invoke(AMOUNT)
    reply = Reply.model_validate(message.additional_kwargs["reply"])
    assert message.text == plain.answer == reply.answer
    assert reply.citations == plain.citations
    assert message.response_metadata == {"model_name": "extractive", "status": "answered"}


def test_messages_of_any_form_make_a_request() -> None:
    messages = [SystemMessage("Obéis."), HumanMessage("a"), ("ai", "b"), {"role": "user", "content": "c"}]
    request = request_of({"messages": messages, "commune": "59431"})
    assert [(item.role, item.content) for item in request.messages] == [
        ("user", "a"), ("assistant", "b"), ("user", "c"),
    ]  # fmt: skip
    assert (request.commune, request.scheme) == ("59431", None)
    assert request_of(HumanMessage([{"type": "text", "text": "c"}])).messages[0].content == "c"
    for nothing in ([], [AIMessage("b")], {"messages": []}, " "):
        with pytest.raises(ValueError, match=r"messages|question|message"):
            request_of(nothing)


class Scripted(GenericFakeChatModel):
    """A model that calls the tools as a test has written it."""

    def bind_tools(self, tools: Any, **kwargs: Any) -> Any:
        return self


def scripted() -> Scripted:
    call = {"name": "chercher_dispositifs", "args": {"besoin": "une halle de marché"}, "id": "1"}
    return Scripted(
        messages=iter([AIMessage("", tool_calls=[call]), AIMessage("L’aide aux halles de marché.")])
    )


def examples() -> list[str]:
    return re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize("example", examples(), ids=lambda text: text.splitlines()[0].lstrip("# "))
def test_the_examples_of_the_page_run(example: str, small_engine: Engine) -> None:
    if "from langchain.agents" in example and find_spec("langchain") is None:
        pytest.skip("langchain isn't installed")
    names: dict[str, Any] = {"engine": small_engine, "model": scripted()}
    exec(compile(example, str(PAGE), "exec"), names)
    assert "halle" in names["told"].lower()
