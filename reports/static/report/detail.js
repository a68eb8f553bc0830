// One link unfolded: the verdict, what was asked and answered, and who cites it.

function detail(row, report) {
  return element(
    "div",
    { class: `detail ${row.standing}` },
    element("p", { class: "sentence" }, isolated(row.sentence)),
    factsOf(row, report),
    element(
      "div",
      { class: "sides" },
      element("section", null, element("h4", null, "Evidence"), evidenceOf(row, report)),
      element(
        "section",
        null,
        element("h4", null, `Cited in ${counted(row.citationCount, "place", "places")}`),
        ...citationsOf(row, report),
      ),
    ),
  );
}

function factsOf(row, report) {
  return element(
    "dl",
    { class: "facts" },
    fact("Verdict", `${row.label} `, element("code", null, `${row.outcome} · ${row.reason}`)),
    fact("Confidence", row.confidence),
    fact("State over time", row.stateWords, row.entered ? ` (since ${day(row.entered)})` : ""),
    row.since ? fact("First seen broken", `${day(row.since)}, ${failures(row.failures)}`) : null,
    fact("Checked", minute(row.checked)),
    row.change === "none" ? null : fact("Since the last run", report.changes[row.change]),
    fact("Address", outward(row.url, row.url, { class: "url" })),
    row.final && row.final !== row.url
      ? fact("Ends at", outward(row.final, row.final, { class: "url" }))
      : null,
    row.decision ? fact("Reviewed", element("span", { class: "decided" }, isolated(row.decisionWords))) : null,
    row.replacement ? fact("Could be replaced by", ...replacementOf(row.replacement)) : null,
  );
}

function replacementOf({ url, date, days, source }) {
  const isNamed = source === "reviewer";
  const copy = outward(url, isNamed ? url : `a copy of ${day(date)}`, { class: "url" });
  const whose = { "own-check": "from an earlier check", "own-capture": "from our captures", reviewer: "named by a reviewer" };
  const notes = [
    days === null ? "" : `${counted(Math.abs(days), "day", "days")} from the statement’s date`,
    whose[source] ?? source,
  ];
  return [copy, element("span", { class: "about" }, notes.filter(Boolean).join(", "))];
}

function failures(number) {
  return number === 1 ? "failed once" : `failed ${number.toLocaleString("en")} times`;
}

function fact(term, ...value) {
  return element("div", null, element("dt", null, term), element("dd", null, ...value));
}

function evidenceOf(row, report) {
  return [
    row.hops.length
      ? element("ol", { class: "hops" }, ...row.hops.map((hop) => hopOf(hop, report)))
      : element("p", null, "Nothing was sent."),
    row.records.length
      ? element(
          "p",
          { class: "records" },
          "More records:",
          row.records.map((place) => record(place, report)),
        )
      : null,
    ...proofOf(row, report),
  ];
}

/** Return the way to the captured answer, or where there was none to the record that says so. */
function proofOf(row, report) {
  const records = [...row.hops.map((hop) => hop.record), ...row.records].filter(Boolean);
  const answer = row.replay && webAddress(report.replayBase + row.replay);
  const address = answer || (records.length ? recordAddress(records.at(-1), report) : null);
  if (!address) return [element("p", { class: "quiet" }, "There is nothing captured to show.")];
  const text = answer ? "Open the captured answer" : "No answer: open the record of the attempt";
  return [
    element("p", null, outward(address, text, { class: "answer" })),
    element(
      "p",
      { class: "quiet" },
      "Opens while ",
      element("code", null, "muniment replay"),
      ` runs, at ${report.replayBase}`,
    ),
  ];
}

function hopOf(hop, report) {
  return element(
    "li",
    null,
    element("strong", null, String(hop.status ?? hop.failure ?? "not asked")),
    " ",
    outward(hop.url, hop.url, { class: "url" }),
    hop.record ? record(hop.record, report) : null,
  );
}

/** Return where a record lies, as a link to its bytes in the replay. */
function record(place, report) {
  const text = `${place.file} @ ${place.offset.toLocaleString("en")}`;
  return outward(recordAddress(place, report), text, { class: "record" });
}

function recordAddress({ file, offset }, report) {
  return `${report.replayBase}record/${encodeURIComponent(file)}/${offset}`;
}

function citationsOf(row, report) {
  const listed = row.citations.slice(0, report.mostQuoted);
  const rest = row.citations.length - listed.length;
  return [
    element("ol", { class: "citations" }, ...listed.map((c) => citation(c, row, report))),
    rest > 0
      ? element(
          "p",
          { class: "quiet" },
          `${rest.toLocaleString("en")} more: `,
          element("a", { href: narrowed({ view: "pages", q: row.url, show: "all" }) }, "all pages"),
        )
      : null,
  ];
}

function citation({ statement, before, anchor, after, href }, row, report) {
  const about = [statement.date, statement.type, statement.bureau].filter(Boolean).join(" · ");
  return element(
    "li",
    null,
    outward(statement.url, statement.title, { class: "title" }),
    about ? element("span", { class: "about" }, isolated(about)) : null,
    before || anchor || after
      ? element(
          "blockquote",
          null,
          isolated(before),
          anchor ? element("mark", null, isolated(anchor)) : null,
          isolated(after),
        )
      : null,
    href && href !== row.url
      ? element("p", { class: "quiet" }, "Written as ", element("code", null, isolated(href)))
      : null,
    element(
      "p",
      { class: "ways" },
      outward(capturedStatement(statement, anchor, report), "Captured page"),
      " · ",
      element("a", { href: narrowed({ statement: statement.url, show: "all" }) }, "All its links"),
    ),
  );
}

/** Return the address of the statement's capture, scrolled to the anchor where browsers can. */
function capturedStatement(statement, text, report) {
  const page = `${report.replayBase}${report.replayTime}/${statement.url.replace(/#.*$/, "")}`;
  const seekable = text.length > 2 && !text.endsWith("…");
  return seekable ? `${page}#:~:text=${encodeURIComponent(text).replaceAll("-", "%2D")}` : page;
}
