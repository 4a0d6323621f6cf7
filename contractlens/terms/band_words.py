"""The words of bands: what makes a figure an edge, what joins two into one band, what stands for the service level."""

from __future__ import annotations

import re

LESS = r"(?:less|lower|fewer|smaller|worse)\s+than|below|under|beneath|<|sub-|(?:just\s+)?(?:short|shy)\s+of|(?:not|[a-z]+n['\u2019]t|fails?\s+to|failed\s+to|failing\s+to)\s+(?:even\s+|quite\s+|actually\s+)?(?:meet|reach|achieve|attain|maintain|manage|keep|hit|deliver|hold|make|provide)"
MORE = r"(?:more|greater|higher|better|larger)\s+than|above|over|>|exceed(?:s|ing)?|in\s+excess\s+of"
AT_LEAST = (
    r"at\s+least|(?:not|never)\s+(?:\w+\s+){1,2}(?:(?:less|lower|worse)\s+than|below|under)|(?:not|no)\s+(?:less|lower|fewer|worse)\s+than|not\s+(?:below|under)|>=|=>|\u2265|\u2a7e|at\s+or\s+(?:above|over)|minimum(?:\s+of)?|(?:down\s+)?to\s+and\s+including|down\s+to"
    r"|equals?(?:\s+to)?\s+or\s+(?:more|greater|higher|better|above|over)(?:\s+than)?|(?:(?:more|greater|higher|better)\s+than|above|over)\s*,?\s+or\s+equal(?:s)?(?:\s+to)?"
)
AT_MOST = (
    r"at\s+most|(?:not|never)\s+(?:\w+\s+){1,2}(?:more|greater|higher)\s+than|(?:not|no)\s+(?:more|greater|higher|better)\s+than|not\s+(?:above|over|exceed(?:ing)?)|<=|=<|\u2264|\u2a7d|at\s+or\s+(?:below|under)|up\s+to(?:\s+and\s+including)?(?!\s+(?:but|and))"
    r"|equals?(?:\s+to)?\s+or\s+(?:less|lower|below|under)(?:\s+than)?|(?:(?:less|lower)\s+than|below|under)\s*,?\s+or\s+equal(?:s)?(?:\s+to)?"
)
_FILLER = r"(?:\s*(?:an?|the|our|its|your|this|that|to|of|is|was|[\"'(\[:]|target|monthly|uptime|availability|commitment|percentage|level|guaranteed?|service|sla))*\s*"
SIGNS = (
    ("<=", re.compile(rf"(?<![a-z])(?:{AT_MOST}){_FILLER}$")),
    (">=", re.compile(rf"(?<![a-z])(?:{AT_LEAST}){_FILLER}$")),
    ("<", re.compile(rf"(?<![a-z])(?<!not )(?<!no )(?:{LESS}|up\s+to\s+but\s+(?:not\s+including|excluding)|but\s+not\s+including){_FILLER}$")),
    (">", re.compile(rf"(?<![a-z])(?<!not )(?<!no )(?:{MORE}){_FILLER}$")),
)
_KEPT = r"(?:met|reached|achieved|attained|kept|hit|maintained|delivered|made|held)"
_WHAT = r"(?:x|u|a|up|uptime|availability|result|figure)\b"
SUFFIXES = (
    ("<", re.compile(rf"\s*\)?\s*(?:>(?!=)\s*{_WHAT}|(?:(?:is|was|were|are|has|have|been|uptime|availability|target|level|mark|itself)\s+){{0,3}}(?:not\s+(?:been\s+)?{_KEPT}|missed|breached|unmet)\b)")),
    ("<=", re.compile(rf"\s*(?:>=|\u2265)\s*{_WHAT}")),
    (">=", re.compile(rf"\s*(?:<=|\u2264)\s*{_WHAT}")),
    (">=", re.compile(r"\s*\)?\s*(?:(?:uptime|availability)\s*)?(?:(?:or|and)\s+(?:more|greater|higher|better|above|over|up\b)|\+|and\s+up)")),
    ("<=", re.compile(r"\s*\)?\s*(?:(?:uptime|availability)\s*)?(?:or|and)\s+(?:less|lower|below|under|worse|fewer)")),
)
RANGE = re.compile(r"\s*[\])]?\s*(?:(?:uptime|availability)\s*)?(?:-+|to|through|thru|until|\.\.+|up\s+to|and)\s*[\[(]?\s*")
UP_TO = re.compile(r"\s*(?:uptime\s*|availability\s*)?,?\s*up\s+to\s*(?:and\s+including\s*)?")  # "99.5% up to 99.9%"
_OPEN = r"<(?!=)|(?:less|lower)(?:\s+than)?|below|under|beneath|(?:short|shy)(?:\s+of)?|(?:not|without)\s+(?:including|reaching|attaining|quite|counting)|exclud\w+|exclusive(?:\s+of)?|but\s+not|before"
_LINK = r"-|,|\(|\[|\bto\b|\bup\b|\bthrough\b|\bthru\b|\buntil\b|\btill\b|\band\b|\bbut\b|\byet\b|\bwhile\b|\bor\b|\balthough\b|\bthough\b|\bhowever\b"
_ALSO = r"just|still|only|strictly|always|it|is|was|were|being|remains?|remained|inclusive|incl\.?|included|of|uptime|availability|more|better|higher|greater|above|over|at|\)|\]|%|\+"
TO_BELOW = re.compile(rf"\s*(?:(?:{_ALSO})\s*)*(?:{_LINK})\s*(?:(?:{_LINK}|{_ALSO})\s*)*(?:{_OPEN})(?:\s*(?:[,)]|{_OPEN}|{_ALSO}))*\s*")  # "99.0% to < 99.9%", "99% up to, but not including, 99.9%"; in "50% under 95%" the first is a credit
INCLUDED = re.compile(r"\s*\(?(?:inclusive|incl\.?|included|and|through|to|up\s+to|-|,|\)|\s)+")
EXCLUDED = re.compile(r"\s*\(?\s*(?:exclusive|excl\b|excluded|not\s+includ\w+|itself\s+(?:excluded|not\s+included))")
INTERVAL = re.compile(r"\s*%?\s*[,;]\s*")  # "[99.0%, 99.5%)"
DOWN_TO = re.compile(r"\s*[,)\]]?\s*(?:and|but|or)?\s*down\s+to(?:\s*,?\s*(?:and|but)?\s*(?:including|inclusive\s+of))?\s*")
TO = re.compile(r"\s*[,)\]]?\s*(?:-+|to|through|until)\s*")  # "below 99.99% to 99.5%"
_SAID = r"(?:above|said|foregoing|stated|applicable|relevant|agreed|respective|promised|guaranteed|committed|corresponding|aforesaid|above-?\s?mentioned)"
_UNDER = r"(?:<(?!=)|(?:less|lower|worse)\s+than|below|under|beneath|short\s+of)\s*(?:(?:the|our|its|that|this|your|their)\s+)?"
_LEVEL_NAME = r"(?:sla|slo|service\s+level|target|commitment|guarantee|promise|uptime\s+(?:commitment|guarantee|target))"
_FIGURE_NAME = r"(?:level|figure|percentage|share|rate|mark|number|standard|value|line|score)"
_THAT = r"(?:<(?!=)|(?:less|lower|worse)\s+than|below|under|beneath|short\s+of)\s*(?:that|this|the|our)\s+(?:same\s+)?"
NAMED = re.compile(
    rf"{_UNDER}(?:{_SAID}\s+){{0,2}}{_LEVEL_NAME}\b(?!\s+(?:threshold|floor|\d|of\s+\d))"
    rf"|{_UNDER}{_SAID}\s+{_FIGURE_NAME}\b|{_THAT}{_FIGURE_NAME}\b(?!\s*(?:of\s+)?[\d\"'(]|\s+(?:in|set|shown|for|stated|below)\b)|(?:less|lower)\s+than\s+(?:guaranteed|promised|committed|agreed|stated)\b"
)
UNDER_IT = re.compile(r"\b(?:if|when|where)\s+(?:we|it|you|this|that)(?:['\u2019](?:re|s)|\s+(?:are|is|were|was|falls?|drops?|comes?|go|goes))\s+(?:below|under|beneath)\s+(?:that|this|it)\b(?!\s+\d)")
JOIN = re.compile(r"\s*[\])%]?\s*[,;]?\s*(?:(?:uptime|availability)\s*)?(?:but|and|or|yet|while|&|is|are|also|,|-|\s)*\s*")
BARE = re.compile(r"(?<![\w.,$%])(\d{2,3}(?:[.,]\d{1,6})?)(?![\w%]|[.,:/]\d|\s*-?\s*(?:hours?|hrs?|minutes?|mins?|days?|weeks?|months?|seconds?|h\b|ms\b))")
SHARED = re.compile(r"\s*(?:-+|\u2013|to)\s*")
NOUNS = re.compile(r"\b(?:an?|the|our|its|of|is|target|monthly|uptime|availability|percentage|level|service|sla|x)\b|[\[\](){}%,;:*]")
CHAIN = re.compile(r"\s*(?P<a>>=|<=|=>|=<|[<>\u2264\u2265])\s*(?:[\w-]+\s*){0,3}(?P<b>>=|<=|=>|=<|[<>\u2264\u2265])\s*")
OPENS_RANGE = re.compile(r"(?:between|from)\s*[\[(]?\s*$")
FROM_ZERO = re.compile(r"(?<![\d.,])0(?:[.,]0+)?\s*%?\s*(?:-+|\u2013|\u2014|\bto\b)\s*(?=[4-9]\d(?:[.,]\d|\b))")  # "0.00 - 96.99" is all up to 96.99
ENDS = re.compile(r"[,;.]\s")  # "8% under that mark, 22% under 99.1%"
MISSED = re.compile(  # the service level itself: "5% if it is not, 10% if availability is under 99%"
    r"\"|\b(?:miss(?:es|ed|ing)?|not|cannot|[a-z]+n['\u2019]t|fail\w*|shortfall|short|breach\w*|broken|lower|less|worse|unmet|otherwise|falls?\s+(?:below|under)|under\s+(?:it|that|this)|below\s+(?:it|that|this))\b", re.I
)
