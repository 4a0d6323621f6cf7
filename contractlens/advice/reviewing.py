"""Chains the stages: a file becomes a document, sentences, matches, terms, dates, findings, a review."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, Unpack

from contractlens.advice.finding import DocumentSummary, Finding, NotFound, Review, ReviewWarning, Unknown
from contractlens.advice.naming import check_names
from contractlens.advice.reservations import checked, checked_dates, why_not_whole, withheld
from contractlens.advice.weighing import weigh
from contractlens.apart.memory import no_collection
from contractlens.documents import Document, Opening, open_document
from contractlens.language.english import is_english
from contractlens.language.itself import this_paper
from contractlens.language.marking import Reading
from contractlens.language.names import is_called
from contractlens.reckoning.deadlines import Deadline, deadlines
from contractlens.reckoning.downtime import downtime, words
from contractlens.reckoning.following import reckoned
from contractlens.reckoning.largest import largest_credit
from contractlens.rulebook import Matches, Rulebook, load_rules
from contractlens.rulebook.adjusting import adjusted
from contractlens.rulebook.casting import who_is_who
from contractlens.terms.caps import cap_in_words, cap_months
from contractlens.terms.filling import fill
from contractlens.terms.records import Liability, Record, Renewal, ServiceCredits, Terms, Uptime
from contractlens.values import Duration, Money


def review(
    path: str | Path,
    *,
    effective_date: date | None = None,
    today: date | None = None,
    rules: str | Path | None = None,
    we: str | None = None,
    name: str | None = None,
    without: Collection[str] = (),
    house_limits: Mapping[str, Duration | float] | None = None,
    **opening: Unpack[Opening],
) -> Review:
    """Review one agreement.

    `effective_date` is for a document that has none; where it has one, this one wins and a warning says so. `today`
    is the day from which deadlines are seen (the system's, if left out), `rules` a folder with a playbook of your own,
    `we` the party that we are (the customer, if left out), `name` what to call the file. `without` names rules
    that say nothing, and `house_limits` go over those of the rules. `view`, `password` and `limits` say how the file is opened (see `Opening`).
    It is read in this process, without a limit of time or memory: for a file from a stranger, `next(contractlens.scan(path))` reads it
    apart. Raises ContractLensError.
    """
    rulebook = adjusted(playbook(rules), without=without, limits=house_limits)
    document = open_document(path, name=name, **opening)
    return review_document(document, rulebook, effective_date=effective_date, today=today or date.today(), we=we)


def review_again(
    document: Document,
    rules: Rulebook | None = None,
    *,
    without: Collection[str] = (),
    house_limits: Mapping[str, Duration | float] | None = None,
    today: date,
    effective_date: date | None = None,
    we: str | None = None,
) -> Review:
    """Review a document that has been read, as `review` does a file; with the rules that come with ContractLens, where none are given."""
    rulebook = adjusted(rules or playbook(None), without=without, limits=house_limits)
    return review_document(document, rulebook, today=today, effective_date=effective_date, we=we)


@lru_cache(maxsize=8)
def playbook(rules: str | Path | None = None) -> Rulebook:
    """The rules to review with, their names checked. Raises RuleError."""
    rulebook = load_rules(rules)
    check_names(rulebook)
    return rulebook


@no_collection()
def review_document(
    document: Document, rulebook: Rulebook, *, today: date, effective_date: date | None = None, we: str | None = None
) -> Review:
    """Review a document that has been read."""
    reading = Reading(document, who_is_who(document, rulebook, we))
    matches = Matches(rulebook, reading)
    facts = fill(matches, effective_date)
    terms = reckoned(facts.terms, facts.start)
    dated, gaps = deadlines(terms, today=today)
    english = is_english(document.plain)
    part = why_not_whole(document, english)
    findings, not_found = _weighed(matches, terms, dated, reading, unread=part[0] if part else "")
    warnings = [ReviewWarning(kind=w.kind, page=w.page, message=w.message) for w in document.warnings]
    warnings += [ReviewWarning(kind=kind, message=message) for kind, message in facts.warnings]
    if we and not any(is_called(p, we) or (p.role and we.lower() in ("vendor", "customer")) for p in reading.cast.parties):
        warnings.append(ReviewWarning(kind="parties", message=f'No party by the name "{we}" was found; the review is the customer\'s.'))
    if not english:
        warnings.append(ReviewWarning(kind="language", message="This does not look like English. The rules are English: nothing found means nothing here."))
    unknown = {(g.field, g.reason): Unknown(field=g.field, reason=g.reason, needs=g.needs) for g in (*facts.gaps, *gaps)}
    if part and not_found:
        held_back = withheld(not_found, part)
        unknown[held_back.field, held_back.reason] = held_back
    return Review(
        document=summary(document, "en" if english else None),
        terms=terms,
        deadlines=checked_dates(dated, document, part[0] if part else ""),
        findings=tuple(checked(findings, document)),
        not_found=() if part else tuple(not_found),
        unknown=tuple({u.field: u for u in reversed(unknown.values())}.values())[::-1],
        warnings=tuple(warnings),
    )


def summary(document: Document, language: str | None) -> DocumentSummary:
    source = document.source
    return DocumentSummary(
        name=source.name,
        path=source.path,
        sha256=source.sha256,
        media_type=source.media_type,
        pages=document.pages,
        words=len(document.text.split()),
        text_source=document.text_source,
        language=language,
    )


def _weighed(matches: Matches, terms: Terms, dated: tuple[Deadline, ...], reading: Reading, *, unread: str) -> tuple[list[Finding], list[NotFound]]:
    facts: dict[str, Any] = {
        "customer": reading.cast.called("customer") or "Customer",
        "vendor": reading.cast.called("vendor") or "Provider",
        "this_paper": this_paper(reading.document.plain, matches.rulebook.words.lists["paper_names"]),
        "free_to_leave": any(t.by != "vendor" and t.ground == "convenience" and not t.fee_due for t in terms.termination),
        "price_may_change": any(c.what == "price" for c in terms.changes),
        **{d.kind: d.date for d in reversed(dated)},
    }
    return weigh(matches, terms, lambda record: _extras(record, terms, matches.rulebook), facts, unread)


def _extras(record: Record, terms: Terms, rulebook: Rulebook) -> Mapping[str, Any]:
    """What the wording of findings may name beside a record's own fields."""
    if isinstance(record, Uptime):
        spans = {"february": 28, "30": 30, "31": 31, "year": 365}
        least = rulebook.limits.get("uptime_percent", record.percent)
        asked = max(record.percent, least) if isinstance(least, float | int) else record.percent  # never less than what is promised
        return {"asked_percent": asked, **{f"downtime_{name}": words(downtime(record.percent, timedelta(days=days))) for name, days in spans.items()}}
    if isinstance(record, Renewal):
        like = terms.initial_term or "a like term"
        return {"notice": record.notice_min or record.notice_max, "renewal_term": like if record.renewal_term == "initial_term" else record.renewal_term}
    if isinstance(record, ServiceCredits):
        return _largest_credit(record, terms)
    if isinstance(record, Liability):
        return {"cap": cap_in_words(record), "cap_months": cap_months(record)}
    return {}


def _largest_credit(credits: ServiceCredits, terms: Terms) -> Mapping[str, Any]:
    """The largest credit of a month; nothing where the cap alone decides it, which has a finding of its own, unless the fee is stated."""
    fee = terms.monthly_fee
    percent = largest_credit(credits)
    if percent is None or (fee is None and credits.cap_percent is not None and percent >= Decimal(str(credits.cap_percent))):
        return {}
    return {"largest_credit_percent": percent, "largest_credit": Money((fee.amount * percent / 100).quantize(Decimal("0.01")), fee.currency) if fee else None}
