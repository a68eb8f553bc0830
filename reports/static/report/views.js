// The ways to look at the same links: by link, page, host and cause, and what is new.

const MARKS = { broken: "✕", "could-not-look": "?", moved: "→", works: "✓", "not-asked": "–", "set-aside": "○" };
const SURETY = { low: 1, medium: 2, high: 3 };

const VERDICT_COLUMN = {
  key: "verdict",
  title: "Verdict",
  sortBy: (row) => `${row.label} ${row.reason}`,
  cell: verdict,
};
const LINK_COLUMN = {
  key: "url",
  title: "Link",
  sortBy: (row) => row.url,
  cell: linkCell,
  header: true,
};
const CITED_COLUMN = {
  key: "cited",
  title: "Cited by",
  sortBy: (row) => row.citationCount,
  cell: (row) => row.citationCount.toLocaleString("en"),
  number: true,
  extra: true,
};

const LINK_COLUMNS = [
  VERDICT_COLUMN,
  LINK_COLUMN,
  {
    key: "confidence",
    title: "Confidence",
    sortBy: (row) => SURETY[row.confidence] ?? 0,
    cell: (row) => row.confidence,
    extra: true,
  },
  {
    key: "since",
    title: "Broken since",
    sortBy: (row) => row.since,
    cell: (row) =>
      row.since ? [day(row.since), quiet(`${shortState(row)}, ${failures(row.failures)}`)] : "—",
    extra: true,
  },
  CITED_COLUMN,
];
const CHANGE_COLUMN = {
  key: "change",
  title: "What changed",
  sortBy: (row) => row.change,
  cell: (row, report) => report.changes[row.change],
  extra: true,
};
const CHANGED = new Set(["new", "fixed", "resurrected", "became-blocked"]);

const BROKEN_COLUMN = {
  key: "broken",
  title: "Broken",
  sortBy: (group) => group.counts.broken ?? 0,
  cell: (group) => [
    `${(group.counts.broken ?? 0).toLocaleString("en")} of ${judged(group).toLocaleString("en")}`,
    shareBar(group),
  ],
  number: true,
};
const UNSEEN_COLUMN = {
  key: "unseen",
  title: "Could not look",
  sortBy: (group) => group.counts["could-not-look"] ?? 0,
  cell: (group) => group.counts["could-not-look"] ?? 0,
  number: true,
  extra: true,
};
const LINKS_COLUMN = {
  key: "links",
  title: "Links",
  sortBy: (group) => group.links,
  cell: (group) => group.links.toLocaleString("en"),
  number: true,
  extra: true,
};

const VIEWS = {
  links: {
    caption: "Links",
    one: "link",
    many: "links",
    columns: LINK_COLUMNS,
    sort: "",
    unfolds: true,
    items: (rows, { show }) => showing(rows, show),
  },
  new: {
    caption: "Links that changed since the last run",
    one: "link",
    many: "links",
    columns: [VERDICT_COLUMN, LINK_COLUMN, CHANGE_COLUMN, CITED_COLUMN],
    sort: "",
    unfolds: true,
    only: (row) => CHANGED.has(row.change),
    items: (rows, { show }) => showing(rows, show),
    empty: ({ compared }) =>
      compared
        ? "Nothing of this kind changed since the last run."
        : "There is no earlier run to compare with: the next report will tell what changed.",
  },
  pages: {
    caption: "Statements and the links on them",
    one: "statement",
    many: "statements",
    columns: [
      {
        key: "title",
        title: "Statement",
        sortBy: ({ statement }) => statement.title.toLowerCase(),
        cell: ({ statement }) => [
          within({ view: "links", statement: statement.url }, statement.title),
          quiet([statement.type, statement.bureau].filter(Boolean).join(" · ")),
        ],
        header: true,
      },
      {
        key: "date",
        title: "Date",
        sortBy: ({ statement }) => statement.date,
        cell: ({ statement }) => statement.date,
        extra: true,
      },
      BROKEN_COLUMN,
      UNSEEN_COLUMN,
      LINKS_COLUMN,
    ],
    sort: "-broken",
    items: (rows, { show, ...state }, { statements }) => {
      const places = statements.map(meant(state));
      return grouped(
        rows,
        show,
        (row) => row.citedBy.filter((place) => places[place]),
        (place) => ({ statement: statements[place] }),
      );
    },
  },
  hosts: {
    caption: "Hosts and the links to them",
    one: "host",
    many: "hosts",
    columns: [
      {
        key: "host",
        title: "Host",
        sortBy: (group) => group.host,
        cell: (group) => within({ view: "links", host: group.host }, group.host),
        header: true,
      },
      BROKEN_COLUMN,
      UNSEEN_COLUMN,
      LINKS_COLUMN,
    ],
    sort: "-broken",
    items: (rows, { show }) => grouped(rows, show, (row) => [row.host], (host) => ({ host })),
  },
  causes: {
    caption: "Causes and the links they explain",
    one: "cause",
    many: "causes",
    columns: [
      {
        key: "cause",
        title: "Cause",
        sortBy: ({ row }) => `${row.label} ${row.reason}`,
        cell: ({ row }, report) => [
          mark(row.standing),
          within({ view: "links", outcome: row.outcome, reason: row.reason }, row.label),
          element("code", { class: "code" }, row.reason),
          quiet(report.reasons[row.reason] || row.meaning),
        ],
        header: true,
      },
      { ...LINKS_COLUMN, extra: false },
    ],
    sort: "-links",
    items: (rows, { show }) =>
      grouped(
        showing(rows, show),
        show,
        (row) => [`${row.outcome} ${row.reason}`],
        (_, row) => ({ row }),
      ),
  },
};

function mark(standing) {
  return element("span", { class: `mark ${standing}`, "aria-hidden": "true" }, MARKS[standing]);
}

function quiet(text) {
  return element("span", { class: "under" }, isolated(text));
}

function within(changes, text) {
  return element("a", { href: narrowed(changes), class: "clip" }, isolated(text));
}

function verdict(row) {
  return [
    mark(row.standing),
    element("span", { class: "label" }, row.label),
    element("code", { class: "code" }, row.reason),
  ];
}

/** Return the first word of a link's state: Suspect, Dead. */
function shortState(row) {
  return row.stateWords.split(":", 1)[0];
}

function linkCell(row) {
  const first = row.firstCitation;
  return [
    element("span", { class: "url clip" }, isolated(row.url)),
    first ? element("span", { class: "under clip" }, ...citedAs(first)) : null,
  ];
}

function citedAs({ anchor, statement }) {
  const title = isolated(statement.title);
  return anchor ? ["“", isolated(anchor), "” in ", title] : ["in ", title];
}

function shareBar(group) {
  const share = judged(group) ? ((group.counts.broken ?? 0) / judged(group)) * 100 : 0;
  return drawing(
    "svg",
    { class: "share", "aria-hidden": "true" },
    drawing("rect", { class: "all", width: "100%", height: "100%" }),
    drawing("rect", { class: "part", width: `${share}%`, height: "100%" }),
  );
}
