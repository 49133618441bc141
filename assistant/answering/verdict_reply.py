"""Word a computed verdict: hedged, with its reasons, its citations and the state of the call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.eligibility import words as say
from assistant.eligibility.assess import Assessment
from assistant.eligibility.citations import CitationBook
from assistant.eligibility.facts import Facts
from assistant.eligibility.judge import Judged
from assistant.eligibility.kind import LAST_OF_REASONS, Case
from assistant.eligibility.kind_of import kind_of
from assistant.eligibility.next_question import Ask
from assistant.eligibility.shape import cite_commune_facts, cite_criterion, eligibility_shape
from assistant.lines import Line, line, statement
from assistant.markers import marked
from assistant.messages import next_steps, reserves, verdicts
from assistant.reply import Eligibility
from corpus.fiches.criteria import BeneficiaryIn, OneOf
from corpus.fiches.document import Sentence
from corpus.fiches.fiche import WAY, Fiche
from corpus.fiches.scheme import Scheme
from corpus.french.dates import french_date
from corpus.labels import BENEFICIARY_LABELS, Beneficiary, State

_MOST_REASONS = 3
_MOST_CHANGES = 2


@dataclass(frozen=True, slots=True)
class VerdictText:
    """The lines that say a verdict, and its shape.

    Attributes:
        lines: the answer; the question back isn't among its lines.
        shape: the assessment as it leaves the program.
        ask: the question back; None when there is none to ask.
        case: what it was computed with.
    """

    lines: tuple[Line, ...]
    shape: Eligibility
    ask: Ask | None
    case: Case


def verdict_text(
    assessment: Assessment,
    fiche: Fiche,
    case: Case,
    ask: Ask | None,
    book: CitationBook,
    *,
    against: bool = False,
) -> VerdictText:
    """Say a verdict in three to eight lines: the answer, the state of the call, the reasons, what to check.

    Args:
        assessment: the computed verdict.
        fiche: the scheme's fiche, which is cited.
        case: what the verdict was computed with.
        ask: the question that would settle it, if one.
        book: issues the numbers of the citations.
        against: whether a sentence that may forbid is said beside it: nothing is then said in favour.
    """
    facts = case.facts
    lines = [line("verdict", _opening(assessment, facts, against))]
    calendar = _calendar_line(assessment, fiche, book)
    if calendar:
        lines.append(calendar)
    reasons = _reasons(assessment, fiche, facts, book)
    lines += [told for told in reasons if calendar is None or told.body != calendar.text]
    if not calendar or assessment.availability.window is None:
        age = _age_line(assessment, fiche, book, case.on.year)
        is_moot = (
            assessment.verdict == "not_eligible" and age is not None and age.body == reserves.NOT_VERIFIED
        )
        lines += [age] if age and not is_moot else []
    if assessment.verdict == "undetermined" and ask is None:
        lines += _to_check(assessment, fiche, book)
    if assessment.verdict == "not_eligible":
        lines += _changes(assessment, fiche, book)
    elif assessment.verdict == "eligible":
        lines += _where_to_apply(fiche, book)
    shape = eligibility_shape(assessment, fiche, book)
    return VerdictText(tuple(lines), shape, ask, case)


def who_is(facts: Facts, scheme: Scheme) -> str:
    """Name the applicant: the commune by its name, others by their kind, as far as the scheme is for them."""
    kind = facts.beneficiary
    if kind is None and Beneficiary.COMMUNE not in scheme.beneficiaries:
        return "votre demande"
    if kind in {None, Beneficiary.COMMUNE}:
        return facts.commune.name if facts.commune else "votre commune"
    return f"votre demande ({BENEFICIARY_LABELS[kind]})"


def _opening(assessment: Assessment, facts: Facts, against: bool) -> str:
    label, who = assessment.scheme.label, who_is(facts, assessment.scheme)
    match assessment.verdict:
        case "eligible":
            return verdicts.seems_eligible(who, label)
        case "not_eligible":
            return verdicts.seems_not_eligible(who, label)
        case "undetermined" if assessment.scheme.status.state is State.CLOSED:
            return reserves.takes_no_more(label)
        case "undetermined":
            met = any(item.verdict == "met" for item in assessment.criteria)
            return verdicts.undetermined(who, label, nothing_against=met and not against)


def _calendar_line(assessment: Assessment, fiche: Fiche, book: CitationBook) -> Line | None:
    """Say that the call is closed, or that its reopening isn't verified; None when it's open."""
    known = assessment.availability
    if known.state == "open":
        return None
    if known.window is None:
        return line("caution", reserves.CLOSED_NOW) if known.state == "closed" else None
    stated = sentence_on(fiche, known.window.closes or known.window.opens)
    if stated is None:
        return line("caution", reserves.CLOSED_NOW) if known.state == "closed" else None
    return line("caution", known.text, [book.sentence(fiche, *stated)])


def sentence_on(fiche: Fiche, day: object) -> tuple[str, Sentence] | None:
    """The sentence of the fiche that gives a date, so that the date can be cited."""
    written = french_date(str(day))
    numeric = "/".join(reversed(str(day).split("-")))
    found = [
        (section.title, sentence)
        for section, sentence in fiche.as_document.sentences()
        if written in sentence.text.replace("\u00a0", " ") or numeric in sentence.text
    ]
    found.sort(key=lambda pair: pair[0] != "Calendrier")
    return found[0] if found else None


def _reasons(assessment: Assessment, fiche: Fiche, facts: Facts, book: CitationBook) -> list[Line]:
    """What decides: the criteria that aren't met, else those that are; each with its citations."""
    wanted = "not_met" if assessment.verdict == "not_eligible" else "met"
    telling = [item for item in assessment.criteria if item.verdict == wanted]
    if not telling and assessment.verdict == "not_eligible":
        return [line("note", say.NOT_ALL_MET)]
    lines = []
    telling = list({item.because: item for item in sorted(telling, key=_interest, reverse=True)}.values())
    telling = [item for item in telling if not _only_says_who(item, facts, telling)]
    if assessment.verdict == "undetermined":  # who asks and for what goes without saying
        telling = [item for item in telling if _interest(item) < LAST_OF_REASONS]
    for item in sorted(telling, key=_interest)[:_MOST_REASONS]:
        numbers = (*cite_commune_facts(item, facts.commune, book), cite_criterion(item, fiche, book))
        lines.append(line("reason", kind_of(item.criterion).says(item.because), numbers))
    return lines


def _only_says_who(item: Judged, facts: Facts, told: Sequence[Judged]) -> bool:
    """Whether an alternative is met by who asks alone, where another reason says who may: that is enough."""
    if not isinstance(item.criterion, OneOf) or item.verdict != "met":
        return False
    by_who = any(
        isinstance(part, BeneficiaryIn) and facts.beneficiary in part.any_of
        for part in item.criterion.criteria
    )
    return by_who and any(isinstance(other.criterion, BeneficiaryIn) for other in told)


def _interest(item: Judged) -> int:
    """Figures and lists before who asks and what the project is."""
    return kind_of(item.criterion).interest


def _age_line(assessment: Assessment, fiche: Fiche, book: CitationBook, today_year: int) -> Line | None:
    """Say the year of the rule when it's past: that of the newest source of the criteria."""
    numbers = {n for item in assessment.criteria for n in item.criterion.source}
    years = [source.year for source in fiche.scheme.sources if source.n in numbers]
    newest = max((year for year in years if year), default=None)
    if newest is None or newest >= today_year:
        return line("caution", reserves.NOT_VERIFIED) if newest is None else None
    cited = [
        c.n for c in book.citations if any(str(newest) in str(_dated(s)) for s in c.sources) and c.scheme_id
    ]
    text = reserves.rule_of(newest, f" {marked(cited[:1])}") if cited else reserves.NOT_VERIFIED
    return line("caution", text)


def _dated(source: object) -> str:
    return f"{getattr(source, 'updated', None) or ''} {getattr(source, 'published', None) or ''}"


def _to_check(assessment: Assessment, fiche: Fiche, book: CitationBook) -> list[Line]:
    """List what is left to check when nothing more can be asked."""
    left = [item for item in assessment.criteria if item.verdict == "unknown"]
    if not left:
        return [line("unknown", verdicts.NO_PUBLISHED_RULE)]
    shown = [
        line("condition", kind_of(item.criterion).label, [cite_criterion(item, fiche, book)])
        for item in left[: _MOST_REASONS + 2]
    ]
    return [line("heading", verdicts.TO_CHECK), *shown]


def _changes(assessment: Assessment, fiche: Fiche, book: CitationBook) -> list[Line]:
    """What would turn the verdict, with the sentences that state the criteria left to meet."""
    texts = [change.text for change in assessment.would_change]
    if not texts or len(texts) > _MOST_CHANGES:
        return []
    numbers = [cite_criterion(item, fiche, book) for item in assessment.criteria if item.verdict != "met"]
    return [line("note", verdicts.would_change(texts), numbers)]


def _where_to_apply(fiche: Fiche, book: CitationBook) -> list[Line]:
    """The first sentence of the fiche on how to apply."""
    sentence = next(fiche.as_document.under(WAY), None)
    if sentence is None:
        return [line("advice", next_steps.WHOM_TO_ASK)]
    return [statement(sentence.text, book.sentence(fiche, WAY, sentence))]
