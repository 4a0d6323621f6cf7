"""What a document calls itself where words for it are worded: `this Agreement`, `this Contract`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from contractlens.language.patterns import beginning

USUAL = "this Agreement"


def this_paper(plain: str, names: Sequence[str]) -> str:
    """The document's own name for itself; the usual one where it has none, or has that, too. A plural needs a noun for the verb.

    >>> this_paper("This Contract ends. You may end this Contract.", ["agreement", "contract"])
    'this Contract'
    >>> this_paper("These Terms apply. We may change these Terms.", ["terms"])
    'the agreement under these Terms'
    """
    titled = "|".join(re.escape(name[:1].upper() + name[1:]) for name in sorted(names, key=len, reverse=True))
    found = Counter(m[1].lower() + m[2] for m in re.finditer(rf"({beginning('This', 'this', 'These', 'these')})( (?:{titled}))\b", plain))
    if not found or USUAL in found:
        return USUAL
    name, count = found.most_common(1)[0]
    return USUAL if count < 2 else name if name.startswith("this ") else f"the agreement under {name}"
