"""Sentences of our own: countries, people and statements that never were."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Country:
    """An invented country."""

    name: str
    people: str
    capital: str
    minister: str


COUNTRIES = (
    Country("Valdoria", "Valdorian", "Port Valmont", "Ilsa Brandeck"),
    Country("Kesmaria", "Kesmarian", "Kesmar", "Tomas Orlik"),
    Country("Marenza", "Marenzan", "Santa Perla", "Lucía Ferrandiz"),
    Country("Qorvania", "Qorvanian", "Qorvan", "Dávid Szentay"),
    Country("Oravia", "Oravian", "Nové Brezno", "Katarína Holubová"),
    Country("Tamberia", "Tamberian", "Tambe", "Amadou N\u2019Diarra"),
    Country("Sundara", "Sundaran", "Banyu Kota", "Raden Wirasa"),
    Country("Helvara", "Helvaran", "Lindhavn", "Søren Halvard"),
    Country("Zambara", "Zambaran", "Kilembe Bay", "Grace Mwakali"),
    Country("the Palmera Islands", "Palmeran", "Palmera Town", "Josefa Tuilagi"),
    Country("Costa Brisa", "Brisan", "Puerto Brisa", "Peña Cañizares"),
    Country("Lethonia", "Lethonian", "Rigava", "Andris Kalve"),
)


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject of statements: its name, the name of its meeting, and sentences on it."""

    name: str
    meeting: str
    sentences: tuple[str, ...]


TOPICS = (
    Topic(
        "Human Rights",
        "Bilateral Dialogue on Human Rights",
        (
            "Both governments spoke frankly about the protection of journalists and of those who "
            "defend the rights of others.",
            "The {people} side described its new training for police officers and judges.",
            "Freedom of assembly, religion and expression were on the agenda of each session.",
            "The delegations reviewed how complaints about officials are investigated and agreed "
            "to exchange figures every year.",
            "A strong civil society makes {country} a stronger partner.",
        ),
    ),
    Topic(
        "Clean Energy",
        "Clean Energy Working Group",
        (
            "Six pilot projects will bring solar power to clinics in rural {country}.",
            "Engineers from both countries will compare methods of storing electricity from wind.",
            "The group welcomed a {people} plan to halve losses in the national grid by 2020.",
            "Loans for small businesses are meant to make efficient stoves and lamps affordable.",
            "Reliable energy lets children read at night and hospitals keep vaccines cold.",
        ),
    ),
    Topic(
        "Ocean Conservation",
        "Conference on the Ocean",
        (
            "{country} announced a marine reserve of 41,000 square kilometers off its coast.",
            "Illegal fishing takes food and income from the people who live by the sea.",
            "Observers on board and satellites above will make it harder to hide an illegal catch.",
            "Scientists of the two countries will sample the same waters twice a year.",
            "Plastic that reaches the sea does not go away; it comes back to us.",
        ),
    ),
    Topic(
        "Refugee Assistance",
        "Consultations on Refugees",
        (
            "The new contribution of $12.4 million pays for shelter, clean water and schools.",
            "{country} has opened its doors to 38,000 people who fled from violence.",
            "The United States thanks the towns along the border, which share what they have.",
            "Teachers who are refugees themselves will lead 140 new classes in {capital}.",
            "No one leaves home lightly, and no one should be sent back to danger.",
        ),
    ),
    Topic(
        "Trade and Investment",
        "Economic Partnership Dialogue",
        (
            "Trade between the two countries reached $3.2 billion last year.",
            "Customs officers will accept one another\u2019s electronic papers from the spring.",
            "Small exporters will find the rules of both markets on a single page.",
            "The {people} delegation explained its draft law on patents and trademarks.",
            "Fair and open rules serve workers and consumers on both sides.",
        ),
    ),
    Topic(
        "Counternarcotics",
        "Joint Commission Against Trafficking",
        (
            "Units trained under the program seized nine tons of drugs before they left port.",
            "Laboratories in {capital} can now identify new substances within a week.",
            "Both sides agreed that treatment and prevention deserve the same effort as arrests.",
            "Joint patrols will continue through the year along the northern coast.",
            "Those who profit from addiction should find no haven in either country.",
        ),
    ),
    Topic(
        "Cultural Heritage",
        "Heritage and Exchange Commission",
        (
            "The Ambassadors Fund will help to restore the old library of {capital}.",
            "Forty young musicians from {country} will spend the summer with American orchestras.",
            "Objects that were taken from a {people} museum were handed back at a ceremony.",
            "Scholars of both countries will catalog manuscripts unread for a century.",
            "What a people keeps of its past, it can give to its children.",
        ),
    ),
    Topic(
        "Consular Cooperation",
        "Consular Working Group",
        (
            "Travelers will be able to renew a visa in {capital} without a second interview.",
            "The two sides reviewed how each informs the other when a citizen is detained.",
            "Parents of children abducted across a border need one office to turn to.",
            "A new telephone line serves citizens in an emergency by day and night.",
            "Waiting times have fallen from nine weeks to eleven days.",
        ),
    ),
)

GENERAL = (
    "The United States and {country} have worked together on this for many years.",
    "The next meeting will be held in {capital} in the spring.",
    "We look forward to continuing this work with the Government and the people of {country}.",
    "Officials of both sides will meet again before the end of the year to review progress.",
    "The participants thanked their hosts for the warm welcome in {capital}.",
    "This step reflects commitments that both governments made at the last ministerial meeting.",
    "Our embassy in {capital} will remain in close contact with the {people} authorities.",
    "Partners in the region have been invited to take part.",
)

QUESTIONS = (
    "Can you tell us whether the Secretary raised {topic} with the {people} side?",
    "On {country}. Do you have any reaction to what the foreign minister said this morning?",
    "Just to follow up on that: is there a date for the next round in {capital}?",
    "Has the Department seen the report on {topic}, and does it agree with the findings?",
    "Could I go back to {country} for a second?",
)


def sentence(rng: Random, topic: Topic, country: Country) -> str:
    """Return one sentence, more often on the topic than not."""
    pool = topic.sentences if rng.random() < 0.7 else GENERAL
    return fill(rng.choice(pool), topic, country)


def paragraph(rng: Random, topic: Topic, country: Country, sentences: int = 3) -> str:
    """Return a paragraph of distinct sentences."""
    pool = [*rng.sample(topic.sentences, 3), *rng.sample(GENERAL, 2)]
    chosen = rng.sample(pool, min(sentences, len(pool)))
    return " ".join(fill(each, topic, country) for each in chosen)


def question(rng: Random, topic: Topic, country: Country) -> str:
    """Return what a journalist asks."""
    return fill(rng.choice(QUESTIONS), topic, country)


def fill(text: str, topic: Topic, country: Country) -> str:
    """Return the text with the country's names set in; a sentence begins in upper case."""
    filled = text.format(
        country=country.name, people=country.people, capital=country.capital, topic=topic.name
    )
    return filled[0].upper() + filled[1:]
