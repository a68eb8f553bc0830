// The embedded findings, unpacked into rows; reports/embedded.py is the other half.

/** Return the report's data with `rows`, one object a link, in reading order. */
async function loadReport() {
  const script = document.getElementById("findings");
  const data = JSON.parse(await inflate(JSON.parse(script.textContent)));
  script.remove();
  const statements = unpackStatements(data);
  return { ...data, statements, rows: unpackFindings(data, statements) };
}

async function inflate(base64) {
  const characters = atob(base64);
  const bytes = new Uint8Array(characters.length);
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = characters.charCodeAt(at);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).text();
}

function unpackStatements({ statements, words }) {
  return statements.url.map((url, at) => {
    const date = words[statements.date[at]] ?? "";
    return {
      url,
      title: statements.title[at] ?? url,
      date,
      year: date.slice(0, 4),
      type: words[statements.type[at]] ?? "",
      bureau: words[statements.bureau[at]] ?? "",
    };
  });
}

function unpackFindings({ findings, words, outcomes }, statements) {
  return findings.url.map((url, at) => {
    const outcome = words[findings.outcome[at]];
    const final = findings.final[at] === 0 ? url : findings.final[at];
    return {
      url,
      outcome,
      label: outcomes[outcome].label,
      standing: outcomes[outcome].standing,
      meaning: outcomes[outcome].meaning,
      host: words[findings.host[at]],
      reason: words[findings.reason[at]],
      sentence: words[findings.sentence[at]],
      confidence: words[findings.confidence[at]],
      state: words[findings.state[at]],
      change: words[findings.change[at]],
      checked: findings.checked[at] * 60,
      since: findings.since[at] * 60,
      failures: findings.failures[at],
      final,
      replay: replayPath(findings.replay[at], final ?? url),
      hops: findings.hops[at].map((hop) => unpackHop(hop, words, url, final)),
      evidence: unpackRecords(findings.evidence[at], words),
      citations: findings.citedBy[at].map((place, nth) => ({
        statement: statements[place],
        ...unpackQuotation(findings.quoted[at][nth]),
        href: findings.href[at][nth] || url,
      })),
    };
  });
}

/** Return the words before the anchor, the anchor (set off by STX and ETX) and the words after. */
function unpackQuotation(quoted = "") {
  const [before, anchor = "", after = ""] = quoted.split(/[\u0002\u0003]/);
  return { before, anchor, after };
}

function replayPath(packed, final) {
  return packed && /^\d{14}$/.test(packed) ? `${packed}/${final}` : packed;
}

function unpackHop([url, status, failure, file, offset], words, own, final) {
  const known = { 0: own, 1: final };
  return {
    url: known[url] ?? url,
    status,
    failure: words[failure],
    record: file ? { file: words[file], offset } : null,
  };
}

function unpackRecords(numbers, words) {
  const records = [];
  for (let at = 0; at < numbers.length; at += 2) {
    records.push({ file: words[numbers[at]], offset: numbers[at + 1] });
  }
  return records;
}
