"""Show of a reply what its sources support: the lines left, their citations numbered from 1."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.abstain import nothing_left
from assistant.checking.blocks import asked_back
from assistant.checking.reply import Verified
from assistant.lines import Line, line
from assistant.messages import verdicts
from assistant.reply import Asked, Reply


def verified_reply(reply: Reply, verified: Verified) -> Reply:
    """Return the reply without what its passages don't support.

    What remains has every marker lead to a citation, and every citation come from a marker or from a
    criterion of a verdict. When nothing sourced remains, it says so and whom to ask.

    Args:
        reply: the reply as composed.
        verified: what of it may be shown.
    """
    cited = any(told.citations for told in reply.lines)
    lost_all = verified.dropped and not verified.cites and (reply.status == "answered" or cited)
    if lost_all or not verified.lines:
        return nothing_left(reply, verified.dropped)
    asked = _still_asked(reply, verified.lines)
    changes: dict[str, object] = {"lines": verified.lines, "dropped": verified.dropped, "asked": asked}
    if reply.choices and verified.dropped and verified.lost_question:
        own = line("advice", verdicts.CHECK_THE_FICHE)
        changes |= {"lines": (*verified.lines, own), "status": "answered", "asked": None, "choices": ()}
    # In the order of the text: its reader meets 1 first.
    used = [number for told in verified.lines for number in told.citations]
    used += [item.citation for shape in reply.eligibility for item in shape.criteria if item.citation]
    kept = {citation.n for citation in verified.citations}
    order = [number for number in dict.fromkeys(used) if number in kept]
    return reply.model_copy(update=changes).numbered({old: new for new, old in enumerate(order, 1)})


def _still_asked(reply: Reply, kept: Sequence[Line]) -> Asked | None:
    """What is asked, less the conditions whose lines were dropped: nobody can answer for what isn't shown."""
    asked = reply.asked
    if asked is None or asked.about != "conditions":
        return asked
    listed = [reply.lines[place] for place in asked_back(reply.lines)][1:]
    shown = tuple(index for index, told in zip(asked.criteria, listed, strict=False) if told in kept)
    return asked.model_copy(update={"criteria": shown}) if shown else None
