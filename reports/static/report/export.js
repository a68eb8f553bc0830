// The links of the present view as CSV: the columns of reports/csv.py but for the places in the
// WARC files, and as harmless.

const EXPORTED = {
  url: (row) => row.url,
  host: (row) => row.host,
  standing: (row) => row.standing,
  outcome: (row) => row.outcome,
  reason: (row) => row.reason,
  explanation: (row) => row.sentence,
  confidence: (row) => row.confidence,
  state: (row) => row.state,
  change: (row) => row.change,
  broken_since: (row) => isoTime(row.since),
  failures: (row) => row.failures,
  checked: (row) => isoTime(row.checked),
  final_url: (row) => row.final,
  hops: (row) => row.hops.map(hopWords).join(" → "),
  captured_answer: (row, report) => (row.replay ? report.replayBase + row.replay : ""),
  replacement: ({ replacement }) => replacement?.url,
  replacement_date: ({ replacement }) => isoTime(replacement?.date),
  replacement_days: ({ replacement }) => replacement?.days,
  definition: (_, report) => report.definition,
  decision: (row) => row.decision,
  decided_by: (row) => row.decider,
  decided: (row) => (row.decision ? isoTime(row.decided) : ""),
  decision_note: (row) => row.note,
  citations: (row) => row.citationCount,
};
const EXPORTED_CITATION = {
  citation: (_, nth) => nth,
  statement_url: ({ statement }) => statement?.url,
  statement_title: ({ statement }) => statement?.title,
  statement_date: ({ statement }) => statement?.date,
  document_type: ({ statement }) => statement?.type,
  bureau: ({ statement }) => statement?.bureau,
  anchor_text: ({ anchor }) => anchor,
  sentence: ({ statement, before, anchor, after }) => (statement ? before + anchor + after : ""),
  href: ({ href }) => href,
};

function csvOf(rows, report) {
  const lines = [[...Object.keys(EXPORTED), ...Object.keys(EXPORTED_CITATION)].join(",")];
  for (const row of rows) {
    const link = Object.values(EXPORTED).map((value) => csvCell(value(row, report)));
    const citations = row.citations.length ? row.citations : [null];
    citations.forEach((citation, nth) => {
      const place = citation ? nth + 1 : 0;
      const cells = Object.values(EXPORTED_CITATION).map((value) => value(citation ?? {}, place));
      lines.push([...link, ...cells.map(csvCell)].join(","));
    });
  }
  return `\ufeff${lines.join("\r\n")}\r\n`;
}

function hopWords({ status, failure, url }) {
  return `${status ?? failure ?? "not asked"} ${url}`;
}

function isoTime(seconds) {
  return seconds ? `${new Date(seconds * 1000).toISOString().slice(0, 19)}+00:00` : "";
}

function csvCell(value) {
  const text = String(value ?? "");
  const isFormula = typeof value === "string" && /^[=+\-@\t\r\n＝＋－＠]/.test(text);
  const harmless = isFormula ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

function download(name, text) {
  const address = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  element("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
}
