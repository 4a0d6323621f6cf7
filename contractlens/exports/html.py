"""A review as one web page that needs nothing else: no script, no font, no picture from elsewhere. It prints well."""

from __future__ import annotations

import html
from collections.abc import Iterable
from datetime import date

from contractlens.advice.finding import Finding, Redline, Review
from contractlens.exports import outline
from contractlens.exports.words import clean, day

_STYLE = """
:root { color-scheme: light dark; --page: #fff; --ink: #1c2430; --soft: #5b6675; --line: #d9dee6; --panel: #f5f7fa;
  --high: #b3261e; --medium: #8a5a00; --low: #1f5fa8; --ask: #1d6b3a; --act: #fff4e0; --act-line: #e0a030; }
@media (prefers-color-scheme: dark) { :root { --page: #14181e; --ink: #e4e8ee; --soft: #9aa5b4; --line: #323a45; --panel: #1c222a;
  --high: #ff8a80; --medium: #f0b85a; --low: #86b7f2; --ask: #7fd19b; --act: #2b2415; --act-line: #c58a1d; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, "Segoe UI", Roboto, Arial, sans-serif; }
main { max-width: 52rem; margin: 0 auto; padding: 2rem 1.25rem 3rem; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0; }
h2 { font-size: 1.15rem; margin: 2.2rem 0 .6rem; }
h3 { font-size: 1.02rem; margin: 0; flex: 1 1 14rem; }
p { margin: .45rem 0; }
.soft, th { color: var(--soft); }
.act { background: var(--act); border-left: 5px solid var(--act-line); border-radius: 4px; padding: .8rem 1rem; margin: 1.2rem 0; }
.act p { margin: .2rem 0; }
.act .when { font-size: 1.2rem; font-weight: 650; }
table { border-collapse: collapse; width: 100%; font-size: .94rem; }
th, td { text-align: left; vertical-align: top; padding: .4rem .8rem .4rem 0; border-bottom: 1px solid var(--line); font-weight: normal; }
td.date { white-space: nowrap; font-variant-numeric: tabular-nums; }
tr.due td { font-weight: 650; }
article { border: 1px solid var(--line); border-left-width: 5px; border-radius: 4px; padding: .8rem 1rem; margin: .9rem 0; }
article.high { border-left-color: var(--high); }
article.medium { border-left-color: var(--medium); }
article.low { border-left-color: var(--low); }
article header { display: flex; flex-wrap: wrap; gap: .2rem .8rem; align-items: baseline; }
.level { font-size: .75rem; font-weight: 700; letter-spacing: .05em; text-transform: uppercase; }
.high .level { color: var(--high); } .medium .level { color: var(--medium); } .low .level { color: var(--low); }
.place { color: var(--soft); font-size: .9rem; }
blockquote { margin: .6rem 0; padding: .1rem 0 .1rem .9rem; border-left: 3px solid var(--line); color: var(--soft); font-size: .94rem; }
.ask { background: var(--panel); border-radius: 4px; padding: .55rem .8rem; margin: .6rem 0 0; }
.ask b { color: var(--ask); }
.ask p { margin: .15rem 0; }
footer { margin-top: 2.5rem; border-top: 1px solid var(--line); padding-top: .8rem; color: var(--soft); font-size: .9rem; }
@media print { body { font-size: 10.5pt; } main { max-width: none; padding: 0; }
  article, .act, tr { break-inside: avoid; } h2, header { break-after: avoid; }
  :root { color-scheme: light; --page: #fff; --ink: #000; --soft: #444; --line: #bbb; --panel: #f4f4f4; --high: #b3261e; --medium: #8a5a00;
    --low: #1f5fa8; --ask: #1d6b3a; --act: #fff; --act-line: #000; } }
"""


def as_html(review: Review, today: date) -> str:
    """The report as a page of its own: what to do by when, then the findings, the severest first."""
    name = escape(review.document.name)
    parts = [f"<h1>{name}</h1>", f'<p class="soft">{escape(outline.title(review))}</p>']
    if review.error:
        parts.append(f'<section class="act"><p class="when">Not read</p><p>{escape(review.error.message)}</p></section>')
    else:
        parts += [*_dates(review, today), *_findings(review), *_facts(review)]
    parts += _list("Looked for and not found", (n.what for n in review.not_found))
    parts += _list("Could not be worked out", (outline.unknown(u) for u in review.unknown))
    parts += _list("Warnings", (outline.warning(w) for w in review.warnings))
    parts.append(f"<footer>{escape(outline.NOT_ADVICE)} Seen on {day(today)}.</footer>")
    body = "\n".join(parts)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{name} · ContractLens</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def escape(text: str) -> str:
    """The text on one line, safe between tags and in attributes."""
    return html.escape(clean(text), quote=True)


def _dates(review: Review, today: date) -> Iterable[str]:
    due = outline.acts(review, today)
    for act in due:
        details = f'<p class="soft">{escape(" · ".join(act.details))}</p>' if act.details else ""
        what = escape(act.what[:1].upper() + act.what[1:])
        yield f'<section class="act"><p class="when">Act by {act.when}</p><p>{what}.</p>{details}</section>'
    if not due:
        why = outline.why_no_act(review, today).rstrip(".")
        yield f'<section class="act"><p class="when">No date to act by</p><p>{escape(why[:1].upper() + why[1:])}.</p></section>'
    if review.deadlines:
        yield "<h2>Dates</h2><table>"
        for d in sorted(review.deadlines, key=lambda d: d.date):
            row = ' class="due"' if any(act.deadline is d for act in due) else ""
            yield (
                f'<tr{row}><td class="date">{day(d.date, weekday=True)}</td>'
                f'<td>{outline.label(review, d)}</td><th scope="row">{escape(d.basis)}</th></tr>'
            )
        yield "</table>"


def _facts(review: Review) -> Iterable[str]:
    rows = "".join(f'<tr><th scope="row">{label}</th><td>{escape(words)}</td></tr>' for label, words in outline.facts(review))
    return [f"<h2>Terms</h2><table>{rows}</table>"] if rows else []


def _findings(review: Review) -> Iterable[str]:
    found, drafts = outline.by_urgency(review.findings), outline.by_urgency(review.findings, "draft")
    yield "<h2>Findings</h2>"
    if not found:
        yield "<p>Nothing was found to ask for.</p>"
    yield from map(_finding, found)
    if drafts:
        yield "<h2>From rules on trial</h2><p>These count for nothing yet.</p>"
        yield from map(_finding, drafts)


def _finding(finding: Finding) -> str:
    parts = [
        f'<header><span class="level">{finding.severity}</span><h3>{escape(finding.title)}</h3>'
        f'<span class="place">{escape(outline.place(finding))}</span></header>',
        f"<p>{escape(finding.meaning)}</p>",
    ]
    for evidence in finding.evidence:
        at = outline.where(evidence)
        parts.append(f"<blockquote>“{escape(evidence.quote)}”{at and f' <cite>{escape(at)}</cite>'}</blockquote>")
    if finding.why:
        parts.append(f"<p><b>Why it matters.</b> {escape(finding.why)}</p>")
    asks = (("Ask for", outline.redline(finding, "preferred")), ("Or else", outline.redline(finding, "fallback")))
    parts += [_ask(label, line) for label, line in asks if line]
    return f'<article class="{finding.severity}">{"".join(parts)}</article>'


def _ask(label: str, line: Redline) -> str:
    note = f'<p class="soft">Say: {escape(line.note)}</p>' if line.note else ""
    place = escape(outline.instead_of(line))
    return f'<div class="ask"><p><b>{label}</b> <span class="soft">{place}</span></p><p>{escape(line.text)}</p>{note}</div>'


def _list(heading: str, items: Iterable[str]) -> list[str]:
    lines = "".join(f"<li>{escape(item)}</li>" for item in items)
    return [f"<h2>{heading}</h2><ul>{lines}</ul>"] if lines else []
