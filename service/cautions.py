"""Why the register was not sure, and what to look at twice: keys of every catalogue, for agents alone."""

from __future__ import annotations

from collections.abc import Mapping

from domain.identification import Caution

#: Why the register gave no answer of its own, by the reason of its decision.
DOUBTS: Mapping[str, str] = {
    "none": "Nobody in the register is likely to be this person.",
    "tooMany": "More people of the register look like this than could be looked at: refine what is stated.",
    "replacementBroken": "The number found was replaced, and the replacement leads nowhere.",
    "deceased": "The person found is registered as deceased.",
    "contradicted": "The sex or the given names of the person found are others.",
    "underSixteen": "The person found is under sixteen.",
    "namesNotSure": "The names of the person found are alike, but too far from what is stated.",
    "inexactDate": "The birth date of the person found is not quite the same, and too little else agrees.",
    "noIndependentField": "Names and birth date agree with the person found, and nothing else does.",
    "namesakes": "Somebody else in the register has the same surname and birth date.",
    "documentDoubt": "The register was sure, but the document says otherwise.",
    "notSure": "Others in the register are likely enough for the answer to be wrong.",
}
CAUTIONS: Mapping[Caution, str] = {
    Caution.DECEASED: "This person is registered as deceased.",
    Caution.REPLACED: "An earlier number of this person was replaced by this one.",
    Caution.UNDER_SIXTEEN: "This person is under sixteen.",
    Caution.NAMESAKE: "Somebody else in the register has the same surname and birth date.",
}
