"""Whether two spellings may be one name of another script, romanised by two tables.

A passport, a visa and an employer write `Хрущёв`, `محمد` or `Γιώργος` by the table of their own country: ISO 9, BGN,
ICAO 9303, the French, German, Polish or Turkish habit. Two parts agree when they can be cut into pieces that pairwise
belong to one group below. Source of the groups: ICAO Doc 9303-3 section 6 beside the national tables and the habits
of the languages named; a vowel that merely differs (Anna, Anne) is in no group: that is another name.
"""

from __future__ import annotations

import re
from functools import lru_cache

#: Pieces written for one letter, a group a line.
_GROUPS = """
I Y J IY IJ YI EI EY IE
E YE IE JE YO IO JO EO
YO IO JO O
A AE AH YA IA JA
A AH
O OE OH
O OU OO
U UE OU OO OE W
E EH
U YU IU JU
AI AY AJ E AE
OI I
EI I E
AU AV AF AW AOU
EU EV EF EW
H KH CH X J GH
G H GH
SH SCH CH S SZ SJ X HS
CH TCH TSCH CZ C CS TJ Q TSH
SHCH SCHTSCH SZCZ CHTCH SCH SC SHT STSCH
ZH J Z RZ DJ DZH DZ G GI
ZH CH
J DJ DZH DSCH GI G DZ
TS C TZ Z TC
K C Q CK KH
KS X
V W F FF
V B
V U W OU
F PH
T TH
D DH TH
R RH
N NY NJ GN NH
L LY LJ LH GL
MP B
NT D
GK G NG
NG NK
S Z
"""
_PAIRS: dict[str, frozenset[str]] = {}
for _group in (line.split() for line in _GROUPS.split("\n") if line):
    for _piece in _group:
        _PAIRS[_piece] = _PAIRS.get(_piece, frozenset()) | (frozenset(_group) - {_piece})
_LONGEST = max(map(len, _PAIRS))
_DOUBLES = re.compile(r"(.)\1+")
#: More pieces than these written otherwise are two names.
_MOST_SWAPS = 4
_SHORT = 3


@lru_cache(maxsize=50_000)
def may_be_romanised(one: str, other: str) -> bool:
    """Whether two parts (upper-case ASCII) may be the same word, romanised by two tables. Symmetric.

    >>> may_be_romanised("KHRUSHCHEV", "CHRUSCHTSCHEW"), may_be_romanised("YULIIA", "JULIJA")
    (True, True)
    >>> may_be_romanised("NOOR", "NUR")
    True
    >>> may_be_romanised("ANNA", "ANNE"), may_be_romanised("MARIA", "MARIO"), may_be_romanised("ANNA", "YANA")
    (False, False, False)
    >>> may_be_romanised("WEI", "WIE")
    False
    """
    a, b = _DOUBLES.sub(r"\1", one), _DOUBLES.sub(r"\1", other)
    if a == b:
        return True
    if min(len(a), len(b)) < 3 or max(len(a), len(b)) > 2 * min(len(a), len(b)):
        return False
    if sorted(a) == sorted(b) and len(a) <= _SHORT:
        return False  # letters that changed places make another name of one so short: Wei, Wie
    if (a, b) == (one, other):
        return _fits(a, b)
    # OO is one letter of two signs, and a double one: Noor is Nur, and Daas is Das. A short name has no room for a
    # double letter and another piece: Anna is not Yana.
    return _fits(one, other) or (min(len(a), len(b)) > _SHORT and _fits(a, b))


def _fits(a: str, b: str) -> bool:
    """Cheapest way through both, in pieces; a piece that stays as it is costs nothing."""
    worst = _MOST_SWAPS + 1
    cost = [[worst] * (len(b) + 1) for _ in range(len(a) + 1)]
    cost[0][0] = 0
    for i in range(len(a) + 1):
        for j in range(len(b) + 1):
            here = cost[i][j]
            if here >= worst:
                continue
            if i < len(a) and j < len(b) and a[i] == b[j]:
                cost[i + 1][j + 1] = min(cost[i + 1][j + 1], here)
            for size in range(1, _LONGEST + 1):
                for twin in _PAIRS.get(a[i : i + size], ()) if i + size <= len(a) else ():
                    if b.startswith(twin, j):
                        cost[i + size][j + len(twin)] = min(cost[i + size][j + len(twin)], here + 1)
    # A short name has few letters to be told apart by.
    return cost[-1][-1] <= min(_MOST_SWAPS, max(1, min(len(a), len(b)) // 2))
