"""The story, in the order it happens: bob asks, the register answers, agents decide, bob goes on."""

from __future__ import annotations

import time
from datetime import datetime
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.markup import escape

from demo import people
from demo.caller import Answer, Caller
from demo.evidence import Evidence
from demo.people import Hire
from demo.post import text
from demo.running import Running, until
from demo.specimens import Look, draw, filename, media_type
from domain.document import DocumentKind

BOB, DAVE, ERIN = "bob@acme.example", "dave@desk.example", "erin@desk.example"
_BRUSSELS = ZoneInfo("Europe/Brussels")


class Story:
    """One telling. `requests` holds each person's request by name, as bob last saw it."""

    def __init__(self, service: Running, evidence: Evidence, console: Console) -> None:
        self.service, self.evidence, self.console = service, evidence, console
        self.bob, self.dave, self.erin = (service.as_(login) for login in (BOB, DAVE, ERIN))
        self.requests: dict[str, Answer] = {}
        self.took: dict[str, float] = {}
        self._mails_shown: set[str] = set()

    def tell(self) -> None:
        """All of it."""
        self._chapter("bob asks numbers for seven people")
        for hire in people.HIRES:
            self.ask(hire)
        self._chapter("dave, an agent, looks at the blurred scan")
        self.ask_for_a_new_document()
        self._chapter("what bob sees: the history page")
        self._history_page()
        self._chapter("and it goes on")
        self._answer_and_decide()
        self._withdraw()
        self._last_mails()

    def ask(self, hire: Hire) -> None:
        """Bob asks for one person, in four steps."""
        request_id = self.bob.opens(language="fr")["id"]
        self._say("bob", f"opens a request for [bold]{hire.name}[/]")
        self._upload(request_id, hire, hire.kind, hire.look)
        self.bob.states(request_id, hire.personal_data)
        self.bob.locates(request_id, hire.addresses)
        self._say("bob", "states who it is and where they live, and sends the request")
        began = time.monotonic()
        sent = self.bob.submits(request_id)
        self.took[hire.name] = (time.monotonic() - began) * 1000
        self._seen(hire, sent)
        known = "NISS" in hire.line
        expected = "identified" if known else None
        self.evidence.check(sent.get("outcome") == expected, f"{hire.name}: outcome {expected or 'none yet'}")
        if known:
            completed = ", ".join(sent.get("completed", []))
            self.evidence.check("birthCountry" in completed, f"{hire.name}: data completed from the register")
            self._say("register", f"completed: {completed}")
        else:
            self.evidence.check(sent["phase"] == "inReview", f"{hire.name}: in review")
        self._mailed("est disponible" if known else "est en cours", hire)

    def begin_a_draft(self) -> None:
        """Bob uploads a scan for somebody, and leaves the rest for later."""
        self._upload(self.bob.opens(language="fr")["id"], people.LOUIS, DocumentKind.PASSPORT, Look.SCAN)

    def ask_for_a_new_document(self) -> None:
        """Dave claims Jean's file, and asks."""
        request_id = self.requests[people.JEAN.name]["id"]
        waiting = {entry["id"] for entry in self.dave.queue()}
        both = {self.requests[hire.name]["id"] for hire in (people.MARIA, people.JEAN)}
        self.evidence.check(waiting == both, "the desk's queue holds Maria and Jean")
        self._say("dave", f"finds {len(waiting)} requests in the queue and claims Jean Legrelle's")
        file = self.dave.claims(request_id)
        self.evidence.check(file.get("assignee", {}).get("name") == "Dave Mertens", "dave holds Jean's file")
        self.evidence.page("desk-file-before-ruling", file)
        self._say("dave", f"sees the reason ({file.get('reviewReason')}) and {len(file['candidates'])} candidates")
        self.dave.rules(request_id, "requestInformation", document=True, reason="unreadable")
        self._say("dave", "asks for a new document: nobody can read this one")
        self._until(people.JEAN, "awaitingInformation")
        action = self.requests[people.JEAN.name].get("actionExpected", {})
        self.evidence.check(action.get("kind") == "newDocument", "Jean: a new document is expected")
        self._mailed("il nous faut encore", people.JEAN)

    def _history_page(self) -> None:
        """The source document's page, line by line, as the API tells it."""
        listed = {entry["id"]: entry for entry in self.bob.requests("scope=mine&sort=-updatedAt")}
        told = self.bob.notifications()
        self.console.print(f"   Nouvelles notifications : [bold]{told['unreadCount']}[/]")
        if any(entry.get("actionExpected") for entry in listed.values()):
            self.console.print("   [bold yellow]Action attendue — Veuillez ajouter un nouveau document[/]")
        by_id = {self.requests[hire.name]["id"]: hire for hire in people.HIRES}
        for request_id, entry in listed.items():
            at = datetime.fromisoformat(entry["updatedAt"]).astimezone(_BRUSSELS)
            right = self.evidence.check(
                entry["summary"] == by_id[request_id].line, f"history page: {by_id[request_id].line}"
            )
            mark = "[green]✓[/]" if right else "[red]✗[/]"
            line = f"   {mark} {at:%d/%m/%Y %H:%M}  [bold]{escape(entry['summary'])}[/]  [dim]{_buttons(entry)}[/]"
            self.console.print(line, highlight=False, soft_wrap=True)
        self.evidence.check(len(listed) == len(people.HIRES), "the history page has seven lines")
        self.evidence.page("history-page", list(listed.values()))
        self.evidence.page("notifications", told)

    def _answer_and_decide(self) -> None:
        jean = people.JEAN
        request_id = self.requests[jean.name]["id"]
        self._upload(request_id, jean, jean.kind, Look.SCAN)
        self._until(jean, "inReview")
        self._say("register", "still knows nobody like Jean Legrelle: back to the desk")
        self.erin.claims(request_id)
        file = self.erin.file(request_id)
        others = [entry["ssin"] for entry in file["candidates"] if entry["lookAlike"]]
        self.erin.rules(request_id, "createNumber", differentFrom=others)
        self._say("erin", "reads the new scan, sees that nobody in the register is Jean, and creates a number")
        self._until(jean, "closed")
        number = self.requests[jean.name].get("ssinFormatted", "")
        self.evidence.check(self.requests[jean.name].get("outcome") == "numberCreated", "Jean: a number was created")
        summary = self.requests[jean.name]["summary"]
        self.evidence.check(summary == f"Le NISS de Jean Legrelle est {number}", "Jean: the summary tells the number")
        self.evidence.check(number.startswith("88.67.19-"), "Jean: a fictitious number of his birth date")
        self._mailed("est disponible", jean)

    def _withdraw(self) -> None:
        maria = people.MARIA
        self.bob.withdraws(self.requests[maria.name]["id"])
        self._say("bob", "withdraws the request for Maria Tienpont")
        self._until(maria, "closed")
        self.evidence.check(self.requests[maria.name].get("outcome") == "withdrawn", "Maria: withdrawn")
        self._mailed("a été retirée", maria)

    def _last_mails(self) -> None:
        numbers = [str(entry.get("ssin")) for entry in self.requests.values() if entry.get("ssin")]
        mails = [text(mail).replace(".", "").replace("-", "") for mail in self.service.post.mails()]
        told = [number for number in numbers if any(number in mail for mail in mails)]
        self.evidence.check(not told, "no mail holds a number")
        self.evidence.mails(self.service.post.raw)
        for hire in people.HIRES:
            request_id, name = self.requests[hire.name]["id"], hire.name.replace(" ", "-")
            self.evidence.page(f"{name}-request", self.bob.reads(request_id))
            self.evidence.page(f"{name}-history", self.bob.history(request_id))

    # The means.

    def _upload(self, request_id: str, hire: Hire, kind: DocumentKind, look: Look) -> None:
        content = draw(hire.person, kind, look, seed=7)
        name = filename(kind, look)
        self.evidence.scan(f"{hire.name.replace(' ', '-')}-{look}-{name}", content)
        duplex = look in (Look.SCAN, Look.GREY_SCAN) and kind is not DocumentKind.PASSPORT
        seen = self.bob.uploads(request_id, kind, [(name, content, media_type(look))], duplex=duplex)
        pages = next(each["pages"] for each in seen["documents"] if each["kind"] == kind)
        verdicts = ", ".join(f"{page['side']} {page['quality']['verdict']}" for page in pages)
        self._say("bob", f"uploads {name}, {len(content) // 1000} kB, {look} ({verdicts})")

    def _until(self, hire: Hire, phase: str) -> None:
        request_id = self.requests[hire.name]["id"]
        until(lambda: self.bob.reads(request_id)["phase"] == phase, f"{hire.name} is {phase}")
        self._seen(hire, self.bob.reads(request_id))

    def _seen(self, hire: Hire, request: Answer) -> None:
        self.requests[hire.name] = request
        state = " · ".join(filter(None, (request["phase"], request.get("outcome"))))
        self.console.print(f"   → {state}: [italic]{escape(request['summary'])}[/]", highlight=False, soft_wrap=True)

    def _mailed(self, words: str, hire: Hire) -> None:
        """Wait for the mail with these words about this person, and show it."""

        def found() -> bool:
            return any(words in text(mail) for mail in self.service.post.about(to=BOB, containing=hire.name))

        try:
            until(found, f"mail “{words}” about {hire.name}")
        except TimeoutError as late:
            self.evidence.check(held=False, what=str(late))
        for mail in self.service.post.mails():
            if mail["Message-ID"] not in self._mails_shown:
                self._mails_shown.add(mail["Message-ID"])
                self.console.print(f"   ✉ {mail['To']}: {escape(str(mail['Subject']))}", highlight=False)

    def _say(self, who: str, what: str) -> None:
        self.console.print(
            f"{datetime.now(_BRUSSELS):%H:%M:%S} [cyan]{who:8}[/] {what}", highlight=False, soft_wrap=True
        )

    def _chapter(self, title: str) -> None:
        self.console.rule(f"[bold]{title}[/]", align="left")

    def rows(self) -> list[list[str]]:
        """One row of the summary for each person."""
        return [self._row(hire, self.bob) for hire in people.HIRES]

    def _row(self, hire: Hire, bob: Caller) -> list[str]:
        request = bob.reads(self.requests[hire.name]["id"])
        return [
            hire.name,
            f"{hire.look} of {hire.kind}",
            str(request.get("outcome", request["phase"])),
            request.get("ssinFormatted", "-"),
            f"{self.took[hire.name]:.0f} ms",
            str(len(self.service.post.about(to=BOB, containing=hire.name))),
        ]


def _buttons(entry: Answer) -> str:
    """What the page offers beside the line."""
    offered = ["Voir toutes les données"]
    if entry["phase"] != "closed":
        offered.append("Supprimer")
    if entry.get("actionExpected", {}).get("kind") == "newDocument":
        offered.append("Ajouter un document")
    return " · ".join(f"\\[{each}]" for each in offered)
