"""Have a language model say a follow-up in full, when the rules don't find what it is about."""

from __future__ import annotations

import logging
from contextlib import closing

from assistant.checking.sentence import is_showable
from assistant.checking.verify import Verifier
from assistant.errors import ModelError, ModelLeftAlone
from assistant.model.calls import LanguageModel
from assistant.model.circuit import Circuit
from assistant.model.prompt import write_rewrite_prompt
from assistant.patience import Patience
from assistant.reply import ChatRequest, Message, Reply

log = logging.getLogger(__name__)
# User's messages before the last one that a rewriting is given, and characters of a question in full.
_BEFORE, _MOST_CHARS = 3, 300


class Rewriting:
    """Rewrites follow-ups with a model; what it adds to the conversation is never taken."""

    def __init__(self, model: LanguageModel, verifier: Verifier, circuit: Circuit) -> None:
        """Rewrite with ``model``, unless ``circuit`` leaves it alone."""
        self._model, self._verifier, self._circuit = model, verifier, circuit

    def in_full(self, request: ChatRequest, patience: Patience | None = None) -> ChatRequest | None:
        """Return the request with its last question in full and nothing before it; None when it won't do.

        Figures, dates, places and schemes of the new question are all those of the conversation.

        Raises:
            ClientGone: nobody waits for the reply any more.
            ModelError: the model can't be used.
        """
        if not self._circuit.allows():
            raise ModelLeftAlone
        said = [message.content for message in request.messages if message.role == "user"]
        prompt = write_rewrite_prompt(said[-1], said[-1 - _BEFORE : -1])
        text = ""
        try:
            seconds = None if patience is None else patience.remaining
            with closing(self._model.stream(prompt.system, prompt.user, seconds)) as pieces:
                for piece in pieces:
                    if patience is not None:
                        patience.check()
                    text += piece
                    if "\n" in text.lstrip() or len(text) > _MOST_CHARS:
                        break
            self._circuit.succeeded()
        except ModelError as error:
            self._circuit.failed(error.retry_s)
            log.warning("%s", error)
            raise
        question = " ".join(text.strip().partition("\n")[0].split()).strip(' «»"')
        context = [message.content for message in request.messages]
        if not question or not is_showable(question) or self._verifier.lacking(question, context):
            log.info("rewritten question left aside")
            return None
        return request.model_copy(update={"messages": (Message(role="user", content=question),)})


def is_unsure(request: ChatRequest, reply: Reply) -> bool:
    """Whether the rules didn't understand a follow-up; a question back on a verdict shows that they did."""
    follows = sum(message.role == "user" for message in request.messages) > 1
    return follows and reply.status not in {"answered", "conversation"} and not reply.eligibility
