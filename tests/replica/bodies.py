"""The HTML between CENTERBLOCK START and END: one builder a kind of statement."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape
from random import Random

from replica.citations import anchor, citations, malformed
from replica.prose import paragraph, question, sentence
from replica.statement import Kind, Statement

_CITING = (
    "More information is available from {a}.",
    "The text can be found at {a}.",
    "For background, see {a}.",
    "This was first announced by {a}.",
    "Please visit {a} for details.",
    "Our partners at {a} have described the work.",
)
_BARE_URL = "http://www.open-partnership.example/"  # written out, with no anchor
_BEGINS = (
    "<em>Begin text:</em>",
    "Begin text:",
    "[Begin Text]",
    "BEGIN TEXT:",
    "<b>Begin Text</b>",
)


class Body:
    """Builds one body; every random choice comes from the statement's own number."""

    def __init__(self, statement: Statement, pages: int, seed: int) -> None:
        self.statement = statement
        self.rng = Random(f"{seed}:{statement.number}:body")
        self._links = citations(statement.number, pages)
        self._wordish = statement.number % 5 == 0

    def html(self) -> str:
        """Return all blocks, in the tags of a word processor on every fifth page."""
        blocks = list(_BUILDERS[self.statement.kind](self))
        if self._links:
            blocks.append(self.p(" ".join(self._citing() for _ in tuple(self._links))))
        if self.statement.number % 17 == 2:
            blocks.append(self.p(f"The text is available at {_BARE_URL}."))
        bad = malformed(self.statement.number)
        if bad is not None:
            blocks.append(self.p(f'Questions? <a href="{escape(bad)}">Contact the office</a>.'))
        if self._wordish:
            blocks.insert(0, "<P>&nbsp;</P>")
            blocks.append("<P>&nbsp;</P>")
        return "\n".join(blocks)

    def p(self, text: str) -> str:
        tag = "P" if self._wordish else "p"
        return f"<{tag}>{text}</{tag}>"

    def prose(self, sentences: int = 3) -> str:
        return escape(
            paragraph(self.rng, self.statement.topic, self.statement.country, sentences),
            quote=False,
        )

    def sentence(self) -> str:
        return escape(sentence(self.rng, self.statement.topic, self.statement.country), quote=False)

    def question(self) -> str:
        return escape(question(self.rng, self.statement.topic, self.statement.country), quote=False)

    def cited(self) -> str:
        """Return a paragraph, with the next link in its last sentence if one is left."""
        text = self.prose()
        return self.p(f"{text} {self._citing()}" if self._links else text)

    def _citing(self) -> str:
        link = self._links.pop(0)
        return self.rng.choice(_CITING).format(a=anchor(link, self.statement.number))


def _statement(body: Body) -> Iterator[str]:
    yield body.cited()
    yield body.cited()
    if body.statement.number % 3 == 0:
        number = body.statement.item_id
        yield (
            f'<div class="photo"><img src="/img/{body.statement.day:%y}/photo_{number}.png" '
            f'width="320" height="180" alt="Date: {body.statement.day:%m/%d/%Y} '
            f'Description: A landscape in {body.statement.country.name}. - Replica Image">'
            "</div>"
        )
    yield body.p(body.prose(2))


def _note(body: Body) -> Iterator[str]:
    yield body.cited()
    yield body.p("The participants agreed on the following steps:")
    items = "".join(f"<li>{body.sentence()}</li>" for _ in range(3))
    yield f"<UL>{items}</UL>" if body.statement.number % 2 else f"<ul>{items}</ul>"
    if body.statement.number % 4 == 1:
        yield _table(body)
    yield body.cited()


def _joint(body: Body) -> Iterator[str]:
    country = body.statement.country.name
    yield body.p(
        "The text of the following statement was released by the Governments of the United States "
        f"of America and {country} on the occasion of the {body.rng.randint(2, 9)}<sup>th</sup> "
        f"{escape(body.statement.topic.meeting)}."
    )
    yield body.p(body.rng.choice(_BEGINS))
    for _ in range(3):
        yield body.cited()
    if body.statement.number % 3:
        yield body.p("<em>End text.</em>")


def _readout(body: Body) -> Iterator[str]:
    speaker = "Spokesperson Nathan Corwin"
    yield body.p(f"<i>The below is attributable to {speaker}:</i>")
    yield body.cited()
    yield body.p(body.prose(2))


def _notice(body: Body) -> Iterator[str]:
    yield body.cited()
    yield body.p(
        "The opening remarks will be <b>open press</b> at 10:30 a.m. in the Treaty Room. Press may "
        "arrive at the 23<sup>rd</sup> Street entrance before 9:45 a.m."
    )
    yield body.p(
        'For further information, please contact <a href="mailto:press.office@example.gov">'
        "press.office@example.gov</a> or (202) 555-0142."
    )


def _facts(body: Body) -> Iterator[str]:
    yield body.cited()
    yield f"<H2>{escape(body.statement.topic.name)}</H2>"
    yield _table(body)
    yield body.p(f'{body.prose(2)}<a href="#_ftn1" name="_ftnref1">[1]</a>')
    yield body.cited()
    yield (
        f'<p>See also the <a href="/documents/organization/{body.statement.item_id}.pdf">'
        "fact sheet in PDF</a>.</p>"
    )
    yield f'<hr>\n<p><a href="#_ftnref1" name="_ftn1">[1]</a> {body.sentence()}</p>'


def _remarks(body: Body) -> Iterator[str]:
    yield body.p("<i>As Prepared</i>") if body.statement.number % 2 else ""
    name = body.statement.speakers[0][0].rsplit(" ", 1)[1].upper()
    title = "SECRETARY" if body.statement.speakers[0][1] == "Secretary of State" else "MR."
    yield body.p(f"<strong>{title} {name}: </strong>Thank you very much. {body.sentence()}")
    for _ in range(3):
        yield body.cited()
    yield body.p("Thank you all. (Applause.)")


def _availability(body: Body) -> Iterator[str]:
    secretary = f"SECRETARY {body.statement.speakers[0][0].rsplit(' ', 1)[1].upper()}"
    minister = f"FOREIGN MINISTER {body.statement.country.minister.rsplit(' ', 1)[1].upper()}"
    yield body.p(f"<b>{minister}: </b>(Via interpreter) {body.prose(2)}")
    yield body.p(f"<b>{secretary}: </b>{body.prose(2)}")
    yield body.cited()
    yield from _turns(body, secretary)


def _briefing(body: Body) -> Iterator[str]:
    name = body.statement.speakers[0][0].rsplit(" ", 1)[1].upper()
    speaker = (
        f"MS. {name}"
        if name == "PENHALLOW"
        else ("MR. " if body.rng.random() < 0.6 else "MR ") + name
    )
    key = body.statement.country.people.upper()
    yield f'<p><b>Index for Today\u2019s Briefing</b><br><a href="#{key}">{key}</a></p>'
    yield body.p(f"1:{body.rng.randint(10, 59)} p.m. EST")
    yield body.p(f"<strong>{speaker}:</strong> Good afternoon, everyone. {body.sentence()}")
    yield f'<p><a name="{key}"></a><strong>{speaker}:</strong> {body.prose(2)}</p>'
    yield body.cited()
    yield from _turns(body, speaker)
    yield body.p("(The briefing was concluded at 2:07 p.m.)")
    yield body.p(f"DPB # {body.statement.number % 200 + 1}")
    yield "<p>###</p>"


def _turns(body: Body, speaker: str) -> Iterator[str]:
    for _ in range(body.rng.randint(3, 6)):
        yield body.p(f"<strong>QUESTION:</strong> {body.question()}")
        yield body.p(f"<strong>{speaker}:</strong> {body.prose(2)}")


def _table(body: Body) -> str:
    rows = "".join(
        f"<TR><TD>FY {year}</TD><TD ALIGN=right>${body.rng.randint(2, 90)}.4 million</TD></TR>"
        for year in range(body.statement.day.year - 2, body.statement.day.year + 1)
    )
    return (
        '<div class="table-responsive double-scroll"><TABLE cellSpacing=2 cellPadding=4 border=1>'
        f"<TBODY><TR><TD><B>Year</B></TD><TD><B>Assistance</B></TD></TR>{rows}</TBODY></TABLE></div>"
    )


def _seed(body: Body) -> Iterator[str]:
    yield body.p(
        "The text of the following statement was released by the Governments of Mexico and the "
        "United States of America on the occasion of the 8<sup>th</sup> Annual U.S.-Mexico "
        "Bilateral High Level Dialogue on Human Rights."
    )
    yield body.p("<em>Begin text:</em>")
    yield body.p(
        "Today the Mexican Ministry of Foreign Affairs hosted the 8th annual Bilateral High Level "
        "Dialogue on Human Rights between Mexico and the United States."
    )
    yield body.p(
        "Authorities from Mexico and the United States participated in a frank and constructive "
        "dialogue regarding issues of mutual interest in the field of human rights, both at the "
        "bilateral and multilateral level."
    )


_BUILDERS: dict[Kind, Callable[[Body], Iterator[str]]] = {
    Kind.STATEMENT: _statement,
    Kind.NOTE: _note,
    Kind.JOINT: _joint,
    Kind.READOUT: _readout,
    Kind.NOTICE: _notice,
    Kind.FACTS: _facts,
    Kind.REMARKS: _remarks,
    Kind.AVAILABILITY: _availability,
    Kind.BRIEFING: _briefing,
    Kind.SEED: _seed,
}
