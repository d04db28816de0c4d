"""What agents read beside a file and its candidates: why the register was not sure, and what to look at twice."""

from __future__ import annotations

from api.desk_schemas import CautionAnswer
from domain.identification import Caution
from locales.catalogue import say
from service.cautions import CAUTIONS, DOUBTS


def doubt_answer(reason: str | None, language: str) -> CautionAnswer | None:
    """Why the register's own answer was none; None where it has not been asked."""
    if reason is None or reason not in DOUBTS:
        return None
    return CautionAnswer(code=reason, why=say(DOUBTS[reason], language))


def caution_answers(cautions: list[str], language: str) -> list[CautionAnswer] | None:
    """What speaks for a second look at a candidate."""
    return [CautionAnswer(code=code, why=say(CAUTIONS[Caution(code)], language)) for code in cautions] or None
