"""The notices clause: where notices go, by what means, and when they count as received."""

from __future__ import annotations

import re

from contractlens.language.sentences import Sentence
from contractlens.rulebook import Matches
from contractlens.terms.records import Notices

RULE = "notices/notices-clause"
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def read(matches: Matches) -> Notices | None:
    """What the document says of notices; None where it has no such clause."""
    found = sorted(matches.of(RULE), key=lambda m: (-m.points, m.sentence.index))
    if not found:
        return None
    main = found[0]
    around = [main.sentence, *[s for s in matches.reading.around(main.sentence) if abs(s.index - main.sentence.index) < 25]]
    methods: list[str] = []
    deemed: Sentence | None = None
    address: str | None = None
    used = [main.sentence]
    for sentence in sorted(around, key=lambda s: s.index):
        groups = matches.ask(RULE, sentence).groups
        for name in ("email", "courier", "registered_mail", "mail", "hand", "fax"):
            if groups.get(name) and name not in methods:
                methods.append(name)
        if deemed is None and groups.get("deemed"):
            deemed = sentence
            used.append(sentence)
        if address is None and (mail := _MAIL.search(sentence.text)) and not (groups.get("customer_side") and not groups.get("vendor_side")):
            address = mail.group()
            used.append(sentence)
    text = matches.reading.document.text
    return Notices(
        address=address,
        methods=tuple(m.replace("_", " ") for m in methods),
        deemed_received=" ".join(text[deemed.start : deemed.end].split()) if deemed else None,
        evidence=matches.reading.evidence(*used),
    )
