// The links of the present view as CSV, made as harmless as reports/csv.py makes them.

const EXPORTED = {
  url: (row) => row.url,
  standing: (row) => row.standing,
  outcome: (row) => row.outcome,
  reason: (row) => row.reason,
  explanation: (row) => row.sentence,
  confidence: (row) => row.confidence,
  state: (row) => row.state,
  broken_since: (row) => day(row.since),
  failures: (row) => row.failures,
  checked: (row) => minute(row.checked),
  final_url: (row) => row.final,
  statement_url: (_, { statement }) => statement?.url,
  statement_title: (_, { statement }) => statement?.title,
  statement_date: (_, { statement }) => statement?.date,
  anchor_text: (_, { anchor }) => anchor,
  sentence: (_, { statement, before, anchor, after }) => (statement ? before + anchor + after : ""),
};

function csvOf(rows) {
  const lines = [Object.keys(EXPORTED).join(",")];
  for (const row of rows) {
    for (const citation of row.citations.length ? row.citations : [{}]) {
      lines.push(Object.values(EXPORTED).map((value) => csvCell(value(row, citation))).join(","));
    }
  }
  return `\ufeff${lines.join("\r\n")}\r\n`;
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
