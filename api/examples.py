"""Examples in /openapi.json, by schema; a test holds each against its schema. Nobody in them is real."""

from __future__ import annotations

from typing import Any

_ID = "3f0c2c1e-9d5b-4c55-8f5e-2d1c6a8a7b10"
_AT = "2026-05-04T09:12:31.204511Z"
_BOB = {"id": "5e0f7a9d3c1b4f6e8a2d0c9b7e5f3a11", "name": "Bob Peeters"}
_ERIN = {"id": "9c8b7a6d5e4f43218f0e1d2c3b4a5968", "name": "Erin Lemaire"}
_ACME = {"enterpriseNumber": "0999000129", "name": "Acme NV"}
_GLOBEX = {"enterpriseNumber": "0999001218", "name": "Globex SA"}
_AACHEN = {
    "street": "Am Markt",
    "houseNumber": "1",
    "postalCode": "52062",
    "municipality": "Aachen",
    "country": "DE",
}
_COENIG = {
    "surname": "Reuter",
    "givenNames": "Coenig",
    "sex": "M",
    "birthDate": "1983-05-24",
    "birthPlace": "Aachen",
    "birthCountry": "DE",
    "nationality": "DE",
}
_LISTED: dict[str, Any] = {
    "id": _ID,
    "phase": "closed",
    "outcome": "identified",
    "steps": {"document": "done", "personalData": "done", "address": "done", "submission": "done"},
    "employee": _COENIG,
    "completed": ["birthCountry"],
    "ssin": "83452416311",
    "ssinFormatted": "83.45.24-163.11",
    "registeredName": {"surname": "Reuter", "givenNames": "Coenige"},
    "requester": _BOB,
    "email": "bob@acme.example",
    "company": _ACME,
    "reference": "HR 7",
    "language": "en",
    "summary": "Coenig Reuter was identified as Coenige Reuter with the NISS 83.45.24-163.11",
    "createdAt": _AT,
    "submittedAt": _AT,
    "updatedAt": _AT,
    "closedAt": _AT,
    "links": {"self": f"/v1/requests/{_ID}", "history": f"/v1/requests/{_ID}/history"},
}
_DOCUMENT = {
    "kind": "passport",
    "pages": [
        {
            "number": 1,
            "side": "front",
            "mediaType": "image/jpeg",
            "width": 1240,
            "height": 874,
            "quality": {"verdict": "poor", "reasons": ["dark"]},
        }
    ],
    "mrzState": "read",
    "mrz": {
        "format": "TD3",
        "surname": "REUTER",
        "givenNames": "COENIG",
        "documentNumber": "C01X0006H",
        "issuer": "D",
        "nationality": "D",
        "birthDate": "1983-05-24",
        "sex": "M",
        "documentExpiry": "2026-07-10",
    },
    "warnings": ["expiresSoon"],
}
_OPEN: dict[str, Any] = {
    **{name: _LISTED[name] for name in ("id", "steps", "employee", "requester", "email", "company", "reference")},
    **{name: _LISTED[name] for name in ("language", "createdAt", "submittedAt", "updatedAt", "links")},
    "mandatary": {"enterpriseNumber": "0999002307", "name": "Payroll BV"},
    "address": {"official": _AACHEN},
    "documents": [_DOCUMENT],
}
_ASKED: dict[str, Any] = {
    **_OPEN,
    "phase": "awaitingInformation",
    "similarTo": [{"id": "7d3b1f8e-1111-4c55-8f5e-2d1c6a8a7b10", "phase": "closed", "ssin": "83452416311"}],
    "sameDocument": [{"id": "7d3b1f8e-1111-4c55-8f5e-2d1c6a8a7b10", "phase": "closed"}],
    "actionExpected": {
        "kind": "newDocument",
        "fields": ["birthPlace"],
        "reason": "unreadable",
        "message": "Page 1 is too dark.",
        "deadline": "2026-05-25T09:12:31Z",
    },
    "deadline": "2026-05-25T09:12:31Z",
    "summary": "New document needed for Coenig Reuter",
}
_CANDIDATE: dict[str, Any] = {
    "ssin": "83452416311",
    "ssinFormatted": "83.45.24-163.11",
    **_COENIG,
    "givenNames": "Coenige",
    "official": _AACHEN,
    "score": 0.9731,
    "lookAlike": True,
    "evidence": [
        {
            "field": "givenNames",
            "stated": "Coenig",
            "registered": "Coenige",
            "agreement": "similar",
            "weight": 2.5,
            "why": "one letter differs; the document says otherwise than was stated",
        }
    ],
    "cautions": [{"code": "replaced", "why": "An earlier number of this person was replaced by this one."}],
}
_FILE: dict[str, Any] = {
    **_OPEN,
    "phase": "inReview",
    "summary": "The identification request for Coenig Reuter is in progress",
    "reviewReason": "ambiguous",
    "doubt": {
        "code": "noIndependentField",
        "why": "Names and birth date agree with the person found, and nothing else does.",
    },
    "decision": {
        "at": "2026-05-04T09:12:33Z",
        "finding": "ambiguous",
        "reason": "noIndependentField",
        "documents": {"surname": "same", "givenNames": "different", "birthDate": "same"},
    },
    "assignee": _ERIN,
    "claimedUntil": "2026-05-04T09:22:31Z",
    "sameDocument": [{"id": "b1a2c3d4-1111-4c55-8f5e-2d1c6a8a7b10", "phase": "closed", "company": _GLOBEX}],
    "documentCheck": [
        {
            "document": "passport",
            "field": "givenNames",
            "stated": "Coenig",
            "printed": "COENIGE",
            "agreement": "different",
            "confirmed": True,
        }
    ],
    "candidates": [_CANDIDATE],
    "ruling": {
        "kind": "identify",
        "ssin": "83452416311",
        "by": _ERIN,
        "at": _AT,
        "state": "confirmed",
        "needsConfirmation": False,
        "deliverAt": "2026-05-04T09:12:41Z",
    },
}
_WHOLE = ("candidates", "address", "documents", "documentCheck", "decision", "sameDocument")
_QUEUED = {name: value for name, value in _FILE.items() if name not in _WHOLE}
_MEMBER = {**_BOB, "email": "bob@acme.example", "role": "requester", "state": "active"}
_MANDATE = {
    "id": "1c2d3e4f5a6b7c8d9e0f1a2b3c4d5e6f",
    "enterpriseNumber": "0999002307",
    "name": "Payroll BV",
    "direction": "granted",
    "from": "2026-01-01",
    "until": "2026-12-31",
}
_NOTIFICATION = {
    "id": "aa0b1c2d3e4f5a6b7c8d9e0f1a2b3c4d",
    "kind": "identified",
    "requestId": _ID,
    "at": _AT,
    "read": False,
    "summary": _LISTED["summary"],
}

_CLIENT = {
    "id": "2d4c6b8a0f1e4d3c9b8a7f6e5d4c3b2a",
    "name": "Payroll software",
    "email": "it@acme.example",
    "scopes": ["requests:read", "requests:write"],
    "createdAt": _AT,
}

_REMOVED = {"id": "12", "at": _AT, "kind": "memberRemoved", "by": _ERIN, "subject": _BOB["id"], "codes": {}}
EXAMPLES: dict[str, list[dict[str, Any]]] = {
    "NewRequest": [{"onBehalfOf": "0999.000.129", "reference": "HR 7", "language": "fr"}, {}],
    "StatedPersonalData": [_COENIG, {"surname": "Reuter", "birthDate": "1983"}],
    "Addresses": [
        {"official": _AACHEN},
        {
            "official": {"street": "Am Markt 1", "municipality": "Aachen", "country": "DE"},
            "contact": {"street": "Meir", "houseNumber": "3", "postalCode": "2000", "municipality": "Antwerpen"},
        },
    ],
    "Submission": [{"email": "hr@acme.example", "confirmed": ["surname", "documents.passport"]}, {}],
    "Objection": [{"message": "We know nobody of this name."}],
    "RequestsSearch": [{"scope": "company", "q": "coenig reu", "pageSize": 50}],
    "NewMember": [{"email": "new@acme.example", "name": "Nora Smets", "role": "requester"}],
    "NewRole": [{"role": "administrator"}],
    "NewMandate": [{"enterpriseNumber": "0999002307", "from": "2026-01-01", "until": "2026-12-31"}],
    "Identify": [{"kind": "identify", "ssin": "83.45.24-163.11"}],
    "CreateNumber": [{"kind": "createNumber", "differentFrom": ["83452416311"]}],
    "RequestInformation": [
        {
            "kind": "requestInformation",
            "document": True,
            "fields": ["birthPlace"],
            "reason": "unreadable",
            "message": "Page 1 is too dark.",
        }
    ],
    "Replacement": [{"ssin": "83.45.24-163.11", "replacedBy": "93451204619"}],
    "ReplacementAnswer": [
        {
            "ssin": "83452416311",
            "ssinFormatted": "83.45.24-163.11",
            "replacedBy": "93451204619",
            "replacedByFormatted": "93.45.12-046.19",
            "requests": 2,
        }
    ],
    "Reject": [{"kind": "reject", "reason": "notEligible"}],
    "RegisterSearch": [{"surname": "Reuter", "birthDate": "1983", "requestId": _ID}, {"ssin": "83.45.24-163.11"}],
    "RequestAnswer": [{**_LISTED, "address": {"official": _AACHEN}, "documents": [_DOCUMENT]}, _ASKED],
    "RequestPage": [{"items": [_LISTED], "next": "/v1/requests?cursor=WyJ1cGRh", "total": 21}],
    "RequestQueryPage": [{"items": [_LISTED], "nextCursor": "WyJ1cGRh", "total": 21}],
    "HistoryPage": [{"items": [{"id": "h1", "at": _AT, "kind": "opened", "by": _BOB}], "total": 1}],
    "NotificationPage": [{"items": [_NOTIFICATION], "total": 1, "unreadCount": 1}],
    "CompanyAnswer": [_ACME],
    "MemberAnswer": [_MEMBER],
    "MemberPage": [{"items": [_MEMBER], "total": 1}],
    "MandateAnswer": [_MANDATE],
    "MandatePage": [{"items": [_MANDATE], "total": 1}],
    "DeskAnswer": [_FILE],
    "DeskPage": [{"items": [_QUEUED], "total": 1}],
    "CandidatePage": [{"items": [_CANDIDATE], "total": 1, "extent": "tooMany"}],
    "TrailPage": [{"items": [_REMOVED], "total": 1}],
    "NewClient": [
        {"name": "Payroll software", "email": "it@acme.example", "scopes": ["requests:read", "requests:write"]}
    ],
    "ClientAnswer": [{**_CLIENT, "secret": "lBn0cGrlPz4bVGJ3rQf5m6m1yNf4t1Yk1oV0Y5qk2nE"}],
    "ClientPage": [{"items": [_CLIENT], "total": 1}],
    "Opening": [{"reason": "The embassy calls about this person."}],
    "Assignment": [{"assignee": _ERIN["id"]}],
    "StatisticsAnswer": [
        {
            "phases": {"identifying": 0, "inReview": 3, "awaitingInformation": 1, "closed": 41},
            "reasons": {"ambiguous": 2, "unknown": 1},
            "unclaimed": 2,
            "late": 0,
            "toConfirm": 1,
            "oldestReviewSeconds": 5230.4,
            "oldestAnswerSeconds": 86400.0,
            "outcomes": {"identified": 38, "numberCreated": 3},
        }
    ],
    "ConsultationsSearch": [
        {"ssin": "83.45.24-163.11", "since": "2026-01-01T00:00:00Z", "reason": "The person asks."},
        {"requestId": _ID, "reason": "A sample."},
    ],
    "ConsultationPage": [
        {
            "items": [
                {
                    "id": "4711",
                    "at": _AT,
                    "by": _ERIN,
                    "role": "agent",
                    "what": "file",
                    "requests": [_ID],
                    "people": 3,
                    "fields": ["birthDate", "givenNames", "official", "ssin", "surname"],
                    "reason": "The embassy calls about this person.",
                    "traceId": "0b8a0c6e-7a1f-4c55-8f5e-2d1c6a8a7b10",
                }
            ],
            "nextCursor": "4711",
            "total": 21,
        }
    ],
    "Health": [{"status": "UP", "details": {"database": {"status": "UP"}}}],
    "Problem": [
        {
            "type": "urn:problem-type:belgif:badRequest",
            "title": "Bad Request",
            "status": 400,
            "detail": "The address is not accepted.",
            "instance": f"/v1/requests/{_ID}/address",
            "issues": [
                {"in": "body", "name": "official.postalCode", "detail": "is required for an address in Belgium"}
            ],
        }
    ],
}
