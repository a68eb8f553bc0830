"""What the pages of the review show, as plain values: the templates read these and nothing else.

Strings may come from any page of the web and are never trusted: the templates escape them, set
them apart with `<bdi>` and make an `href` only of what `reports.from_pages.is_web` lets pass.
Fields that end in `href` are made by us: paths of the review itself, or addresses of its replay.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from reports.standing import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What was just done, told on the next page; `undo` is the id that POST /undo takes."""

    words: str
    undo: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shell:
    """What every page has around it; each template gets it as `shell`.

    `csrf` goes into every form as the hidden field `csrf`; "" where nobody has signed in. `here`
    is this page's own path and query, the hidden field `back` of forms that come back to it.
    `tab` is the page that is open: queue, log, rules, recheck or "".
    """

    collection: str
    author: str
    csrf: str
    here: str
    tab: str = ""
    notice: Notice | None = None
    may_sign_out: bool = False
    rechecking: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class HopShown:
    """One request of a check: what was answered, and where its record lies.

    `answered` is the status with its words, or why there was no answer. `headers` are those of
    the record as captured; empty where nothing was answered. `led` says what sends a reader on
    to `next_url`.
    """

    number: int
    method: str
    url: str
    answered: str
    began: datetime
    seconds: float
    address: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    headers_fault: str = ""
    record_place: str = ""  # file and byte, in words
    record_href: str | None = None
    answer_href: str | None = None
    led: str = ""
    next_url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckShown:
    """One check in the history; `entered` is the state it led to where that is another.

    `void` says why the check proves nothing, "" where it counts.
    """

    checked: datetime
    standing: Standing
    sentence: str
    outcome: str
    reason: str
    confidence: str
    entered: str = ""
    void: str = ""
    record_place: str = ""
    record_href: str | None = None
    answer_href: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedIn:
    """A statement that cites the link: the sentence in three parts, the middle one the anchor."""

    statement_url: str
    title: str | None
    date: str | None
    document_type: str | None
    bureau: str | None
    before: str
    anchor: str
    after: str
    href_written: str
    statement_href: str | None = None  # its capture in the replay


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionShown:
    """A decision in a list; `id` is what POST /undo takes.

    `words` is the kind in plain words, `about` what it holds for (scope and subject).
    `holds`: it is in force now; else `why_not` says why (undone, expired, the link changed, …).
    `finding_href` opens the link it is about; None where it is about more than one.
    """

    number: int
    id: str
    kind: str
    words: str
    scope: str
    subject: str
    about: str
    author: str
    made: datetime
    note: str = ""
    expires: date | datetime | None = None
    replacement: str | None = None
    batch: str | None = None
    batch_count: int = 1
    holds: bool = False
    why_not: str = ""
    may_undo: bool = False
    finding_href: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplacementShown:
    """What could replace a broken link; `source` is own-check, own-capture or reviewer."""

    url: str
    words: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FormValues:
    """What the decision form holds: as sent where it comes back with `problem`, else empty."""

    kind: str = ""
    scope: str = "url"
    subject: str = ""
    note: str = ""
    expires: str = ""
    replacement: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A decision that can be made: `key` is its key on the keyboard, `needs` a field it needs."""

    kind: str
    label: str
    meaning: str
    key: str
    needs: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a finding stands in the queue it was opened from; hrefs are None at the ends.

    `filter` is the queue's query, the hidden field `filter` of the forms.
    """

    filter: str
    queue_href: str
    previous_href: str | None = None
    next_href: str | None = None
    next_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingPage:
    """One finding, whole (`finding.html` gets it as `page`).

    `seen` is the number of the latest decision on this link, the hidden field `seen`. `frame_href`
    is the captured answer in the replay of its own, shown in `<iframe sandbox="">`; None where
    nothing was answered. `answer_href` opens the same in a tab, with dates around it.
    """

    url: str
    host: str
    standing: Standing
    sentence: str
    outcome: str
    reason: str
    confidence: str
    rules: str
    meaning: str
    checked: datetime | None
    state: str
    state_words: str
    since: datetime | None
    why_state: str
    failures: int
    first_broken: datetime | None
    next_due: datetime | None
    final_url: str | None
    place: Place
    seen: int
    choices: tuple[Choice, ...]
    form: FormValues = field(default_factory=FormValues)
    ruling: DecisionShown | None = None
    decisions: tuple[DecisionShown, ...] = ()
    hops: tuple[HopShown, ...] = ()
    earlier_hops: tuple[HopShown, ...] = ()
    sibling: HopShown | None = None
    incident: str = ""
    checks: tuple[CheckShown, ...] = ()
    checks_left_out: int = 0
    citations: tuple[CitedIn, ...] = ()
    citations_left_out: int = 0
    replacement: ReplacementShown | None = None
    frame_href: str | None = None
    answer_href: str | None = None
    scopes: tuple[tuple[str, str, str], ...] = ()  # code, words, the subject it would have


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkPage:
    """The confirmation of a bulk decision (`bulk.html` gets it as `page`).

    `count` and `state` go back as hidden fields: where the links or what was decided on them have
    changed since, the page comes again with `changed` in words. `first` are some of the URLs.
    """

    count: int
    state: str
    filter: str
    filter_words: str
    urls: tuple[str, ...]  # those ticked; empty where the whole filter is meant
    first: tuple[str, ...]
    form: FormValues
    choice: Choice | None
    choices: tuple[Choice, ...]
    back: str
    decided_before: int = 0
    changed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictPage:
    """Somebody decided in between (`conflict.html` gets it as `page`): theirs, and ours again."""

    url: str
    theirs: DecisionShown
    seen: int
    filter: str
    form: FormValues
    choice: Choice
    finding_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LogPage:
    """The log of decisions, the latest first (`log.html`)."""

    decisions: tuple[DecisionShown, ...]
    total: int
    page: int
    pages: int
    earlier_href: str | None = None
    later_href: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleShown:
    """A rule by which links are ignored, with how many links it now sets aside."""

    decision: DecisionShown
    links: int
    queue_href: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesPage:
    """The rules that hold, and those that do not any more (`rules.html`)."""

    holding: tuple[RuleShown, ...]
    past: tuple[RuleShown, ...]
    form: FormValues = field(default_factory=FormValues)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecheckShown:
    """A link asked again: `status` is waiting, running, done, failed or next-run.

    `words` says what came of it: the new verdict, or why it was not asked now.
    """

    url: str
    status: str
    words: str
    asked: datetime
    finding_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecheckPage:
    """The links asked again since the review began, the latest first (`recheck.html`).

    `refresh` is after how many seconds the page asks anew; 0 where nothing is under way.
    """

    links: tuple[RecheckShown, ...]
    refresh: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginPage:
    """The form that asks for the token and a name (`login.html`)."""

    problem: str = ""
    name: str = ""
    back: str = "/queue"


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorPage:
    """What went wrong and what to do, in words (`error.html`)."""

    status: int
    title: str
    words: str
    back: str = "/queue"
