"""The little English grammar that roles need: where a noun phrase ends, and which of its nouns counts.

Only the closed word classes of the language are named here; the wording of contracts is in the rule files.
"""

from __future__ import annotations

DETERMINERS = frozenset("the a an this these those our your its their his her such each every some any all both either no said certain other another".split())
SOFT = frozenset("of to for in on between among across about regarding concerning including around during".split())
HARD = frozenset("by with without under upon within via through according pursuant from at after before as per than subject until following against into".split())
PREPOSITIONS = SOFT | HARD
JOINING = frozenset({",", "and", "or", "and/or", "&", "/", "nor"})
ADDING = frozenset({"including", "plus"})  # "this contract, including its prices"
MODALS = frozenset("may might can could shall will would must should cannot".split())
BE = frozenset("'re 'm be been being is are was were get gets become becomes".split())
SUBORDINATING = frozenset("if when whenever unless because since while although though whether so provided once except save".split())
RELATIVES = frozenset("which that who whom whose where as".split())
STOPS = MODALS | SUBORDINATING | (RELATIVES - {"as"}) | frozenset("; . : ? then is are was were has have does do".split())
NEGATIONS = frozenset("not n't no never neither nor none cannot nothing".split())
PRONOUNS = frozenset("they it he she".split())
# Words that may stand after a noun without making it part of a compound: "the fees payable", "these Terms prospectively".
POSTNOMINAL = frozenset(
    "effective herein hereof thereof hereto thereto hereunder thereunder therein due then now once twice upwards upward downwards downward alone itself themselves "
    "anytime online below above too also not otherwise ourselves here there again so set made given shown sent found owed out forth".split()
)
# "any part of these Terms", "all or some of the Services": the noun after "of" is the one that counts.
TRANSPARENT = frozenset("part parts portion portions some one more any all each either both none aspect aspects element elements section sections clause clauses version versions most many several amount amounts level levels whole contents content text wording substance form".split())
CLOSED = DETERMINERS | PREPOSITIONS | JOINING | STOPS | RELATIVES | NEGATIONS | BE | POSTNOMINAL | PRONOUNS
PARTIES = ("<vendor>", "<customer>")


def is_word(token: str) -> bool:
    """Whether the token is an ordinary word: no sign, no value, of no closed class, and no adverb."""
    return token[:1].isalpha() and token not in CLOSED and not token.endswith("ly")


def ends_noun(token: str) -> bool:
    """Whether a noun phrase's head may stand before this token: no further noun follows."""
    return not is_word(token) or token.endswith(("ed", "ing", "able", "ible"))


def is_adverb(token: str) -> bool:
    return token.endswith("ly") or token in ("also", "then", "hereby", "however", "otherwise", "further", "still", "always", "sometimes", "therefore", "thus", "each", "itself", "alone", "ourselves", "again", "ever")
