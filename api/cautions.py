"""What agents read beside a file and its candidates: why the register was not sure, and what to look at twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from api.desk_schemas import CautionAnswer, DecisionAnswer, EvidenceAnswer
from domain.identification import Agreement, Caution, DecisionRecord
from locales.catalogue import say
from service.cautions import CAUTIONS, DOUBTS
from service.document_evidence import DOCUMENT_SAYS


def doubt_answer(reason: str | None, language: str) -> CautionAnswer | None:
    """Why the register's own answer was none; None where it has not been asked."""
    if reason is None or reason not in DOUBTS:
        return None
    return CautionAnswer(code=reason, why=say(DOUBTS[reason], language))


def decision_answer(decision: DecisionRecord) -> DecisionAnswer:
    """What the register answered last, and what the documents said then."""
    said = {field: agreement.value for field, agreement in decision.documents.items()}
    return DecisionAnswer.model_validate(
        {"at": decision.at, "finding": decision.finding, "reason": decision.reason, "documents": said or None}
    )


def caution_answers(cautions: list[str], language: str) -> list[CautionAnswer] | None:
    """What speaks for a second look at a candidate."""
    return [CautionAnswer(code=code, why=say(CAUTIONS[Caution(code)], language)) for code in cautions] or None


def evidence_answers(lines: Iterable[Mapping[str, Any]], language: str) -> list[EvidenceAnswer]:
    """Evidence field by field; what a document says of what was stated stands in `why`."""
    return [
        EvidenceAnswer.model_validate(
            {name: value for name, value in line.items() if name != "document"} | {"why": _why(line, language)}
        )
        for line in lines
    ]


def _why(line: Mapping[str, Any], language: str) -> str:
    why = say(line["why"], language)
    if "document" not in line:
        return why
    return f"{why}; {say(DOCUMENT_SAYS[Agreement(line['document'])], language)}"
