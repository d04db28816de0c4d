"""The demo register: the five people of the source document, and generated fictitious ones around them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

from domain.identification import RegisteredPerson
from domain.niss import Niss, NumberSeries, next_niss
from domain.people import PartialDate, Sex
from domain.statement import Address
from register.sql import SqlRegister

SEED = 20_110_201
GENERATED = 2_000


def _person(ssin: str, surname: str, given: str, sex: str, born: str, place: str, country: str) -> RegisteredPerson:
    return RegisteredPerson(
        Niss.parse(ssin), surname, PartialDate.parse(born), given, Sex(sex), place, country, country
    )


#: As the README has them; their numbers are the source document's.
FIVE = (
    _person("83.45.24-163.11", "Reuter", "Coenige", "M", "1983-05-24", "Aachen", "DE"),
    _person("93.45.12-046.19", "Van den Broeck", "Hildegard", "F", "1993-05-12", "Breda", "NL"),
    _person("99.45.09-027.60", "Van Mechelen", "Hans", "M", "1999-05-09", "Roosendaal", "NL"),
    _person("95.45.06-033.60", "Dupont", "Louis", "M", "1995-05-06", "Lille", "FR"),
    _person("94.45.05-069.33", "Janssens", "Thomas", "M", "1994-05-05", "Maastricht", "NL"),
)

#: Country: towns, streets, surnames, names of men, names of women. No surname is near one of the source document's.
_CULTURES = {
    "PL": (
        "Kraków,Gdańsk,Łódź,Poznań,Wrocław",
        "Długa,Polna,Ogrodowa,Lipowa",
        "Kowalczyk,Wiśniewski,Zieliński,Szymański,Woźniak,Łuczak,Dąbrowski,Jabłoński",
        "Piotr,Krzysztof,Andrzej,Tomasz,Paweł,Łukasz,Marcin,Michał",
        "Katarzyna,Małgorzata,Agnieszka,Ewa,Joanna,Magdalena,Zofia,Anna",
    ),
    "RO": (
        "București,Cluj-Napoca,Iași,Timișoara,Brașov",
        "Strada Lungă,Strada Florilor,Bulevardul Unirii",
        "Popescu,Ionescu,Dumitrescu,Stănescu,Munteanu,Constantinescu,Ștefănescu",
        "Andrei,Mihai,Ștefan,Alexandru,Gheorghe,Vasile",
        "Elena,Ioana,Andreea,Mihaela,Cristina,Ana-Maria",
    ),
    "ES": (
        "Sevilla,Zaragoza,Málaga,Valencia,A Coruña",
        "Calle Mayor,Calle del Sol,Avenida de América",
        "García López,Martínez Ruiz,Fernández,Núñez Ortega,Rodríguez Peña,Ibáñez,Sánchez Gil",
        "José,Javier,Íñigo,Francisco,Manuel,Álvaro",
        "María del Carmen,Lucía,Begoña,Inés,Pilar,Rocío",
    ),
    "MA": (
        "Tanger,Fès,Casablanca,Oujda,Nador",
        "Rue Ibn Sina,Avenue Hassan II,Boulevard Zerktouni",
        "El Amrani,Benali,Al Idrissi,Bouazza,El Khattabi,Ouali,Tazi",
        "Mohammed,Youssef,Hamza,Abdelkarim,Rachid,Ilyas",
        "Fatima,Khadija,Salma,Naïma,Zineb,Amal",
    ),
    "DE": (
        "Köln,Düsseldorf,Münster,Trier,Saarbrücken",
        "Hauptstraße,Bahnhofstraße,Schillerstraße,Am Weißen Stein",
        "Müller,Schäfer,Großmann,Köhler,Weiß,von der Heide,Krüger",
        "Jürgen,Stefan,Björn,Wolfgang,Matthias,Uwe",
        "Käthe,Sabine,Ursula,Jutta,Heike,Annegret",
    ),
    "FR": (
        "Nantes,Rouen,Besançon,Nîmes,Angoulême",
        "Rue de la Paix,Rue Victor Hugo,Allée des Érables",
        "Lefebvre,Chevalier,Girard,d'Hérouville,Beaumont,Rousseau,Faure",
        "Jean-Pierre,Émile,François,Benoît,Sylvain,Yves",
        "Françoise,Hélène,Amélie,Sylvie,Noémie,Chloé",
    ),
    "UA": (
        "Kyiv,Lviv,Odesa,Kharkiv,Dnipro",
        "Vulytsia Shevchenka,Vulytsia Franka",
        "Shevchenko,Kovalenko,Bondarenko,Tkachuk,Kravchuk,Melnyk",
        "Oleksandr,Volodymyr,Serhii,Andrii,Bohdan",
        "Oksana,Yuliia,Iryna,Svitlana,Nataliia",
    ),
    "PT": (
        "Porto,Coimbra,Évora,Braga,Faro",
        "Rua Augusta,Rua das Flores,Travessa do Carmo",
        "da Silva Santos,Ferreira,Gonçalves,de Oliveira,Magalhães,dos Anjos",
        "João,Tiago,Nuno,Rui,Gonçalo",
        "Inês,Conceição,Beatriz,Mariana,Catarina",
    ),
}


class _Generator:
    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - the same people every time are the point
        self.taken: dict[PartialDate, list[Niss]] = {}

    def number(self, born: PartialDate, sex: Sex | None) -> Niss:
        taken = self.taken.setdefault(born, [])
        taken.append(next_niss(born, sex, NumberSeries.FICTITIOUS, taken))
        return taken[-1]

    def date(self) -> PartialDate:
        pick = self.random
        year = pick.randint(1950, 2005)
        kind = pick.random()
        if kind < 0.02:
            return PartialDate(year)
        if kind < 0.03:
            return PartialDate(year, pick.randint(1, 12))
        if kind < 0.06:
            return PartialDate(year, 1, 1)
        return PartialDate(year, pick.randint(1, 12), pick.randint(1, 28))

    def person(self) -> RegisteredPerson:
        pick = self.random
        country = pick.choice(sorted(_CULTURES))
        towns, streets, surnames, men, women = (part.split(",") for part in _CULTURES[country])
        sex = pick.choice((Sex.MALE, Sex.FEMALE))
        given = pick.choice(men if sex is Sex.MALE else women)
        town = pick.choice(towns)
        born = self.date()
        return RegisteredPerson(
            ssin=self.number(born, sex),
            surname=pick.choice(surnames),
            birth_date=born,
            given_names=given,
            sex=sex if pick.random() < 0.97 else None,
            birth_place=pick.choice(towns),
            birth_country=country,
            nationality=country,
            official=Address(pick.choice(streets), town, country, str(pick.randint(1, 120)))
            if pick.random() < 0.8
            else None,
        )

    def relative(self, person: RegisteredPerson) -> RegisteredPerson:
        """Somebody easily taken for the person: a twin, a junior, a namesake, one slip in the date away."""
        pick = self.random
        other = self.person()
        while other.nationality != person.nationality:
            other = self.person()
        born = person.birth_date
        kind = pick.choice(("twin", "junior", "namesake", "slip"))
        if kind == "twin" or not born.complete:
            sex, given = other.sex, other.given_names
            if given == person.given_names:
                given = f"{given} II"
            return replace(
                person, ssin=self.number(born, sex), sex=sex, given_names=given, birth_place=person.birth_place
            )
        if kind == "junior":
            born = PartialDate(min(born.year + 27, 2006), other.birth_date.month or 1, other.birth_date.day or 1)
        elif kind == "slip":
            born = PartialDate(born.year, born.month, born.day % 28 + 1)
        return replace(
            other,
            ssin=self.number(born, person.sex),
            surname=person.surname,
            given_names=person.given_names,
            sex=person.sex,
            birth_date=born,
        )


def people(count: int = GENERATED, seed: int = SEED) -> Iterator[RegisteredPerson]:
    """Generated people with fictitious numbers (month + 60), about one in ten easily taken for another."""
    generator = _Generator(seed)
    made = 0
    while made < count:
        person = generator.person()
        yield person
        made += 1
        if generator.random.random() < 0.1 and made < count:
            yield generator.relative(person)
            made += 1


def load_demo(register: SqlRegister) -> int:
    """Load the demo register where it is not yet; how many people were loaded (0: it was there)."""
    if register.person(FIVE[0].ssin) is not None:
        return 0
    # One transaction: a start that is killed leaves all of it or nothing.
    return register.add([*people(), *FIVE])
