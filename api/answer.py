"""What every answer is made of. camelCase outside; absent values are left out; instants in UTC with `Z`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

Ssin = Annotated[str, Field(pattern=r"^\d{11}$", description="NISS / INSZ: eleven digits", examples=["83452416311"])]
SsinFormatted = Annotated[str, Field(description="YY.MM.DD-SSS.CC", examples=["83.45.24-163.11"])]
BirthDate = Annotated[str, Field(description="may be incomplete", examples=["1953-11-24", "1953-11", "1953"])]
Phase = Literal["collecting", "identifying", "inReview", "awaitingInformation", "closed"]
Outcome = Literal["identified", "numberCreated", "rejected", "withdrawn", "expired"]


class Answer(BaseModel):
    """Base of all answers."""

    model_config = ConfigDict(
        alias_generator=to_camel, populate_by_name=True, extra="forbid", hide_input_in_errors=True
    )
