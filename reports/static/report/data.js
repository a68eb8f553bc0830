// The embedded findings; reports/embedded.py is the other half. A link is unpacked when it is
// looked at: a hundred thousand of them would take longer than a reader waits.

/** Return the report's data with `rows`, one object a link, in reading order. */
async function loadReport() {
  const script = document.getElementById("findings");
  const data = JSON.parse(await inflate(JSON.parse(script.textContent)));
  script.remove();
  const statements = unpackStatements(data);
  const packed = { ...data, statements, urls: unpackUrls(data.findings), starts: startsOf(data) };
  return { ...packed, rows: packed.urls.map((_, at) => new Link(packed, at)) };
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

/** Return the URLs, each of which was packed without what it shares with the one before. */
function unpackUrls({ urlShared, urlRest }) {
  let before = "";
  return urlRest.map((rest, at) => (before = before.slice(0, urlShared[at]) + rest));
}

/** Return where a link's hops, records and citations begin among those of all links. */
function startsOf({ findings }) {
  const starts = {};
  for (const name of ["hops", "records", "citations"]) {
    starts[name] = new Uint32Array(findings[name].length + 1);
    findings[name].forEach((count, at) => {
      starts[name][at + 1] = starts[name][at] + count;
    });
  }
  return starts;
}

/** One checked link. What is small is kept for filters and sorting; the rest is made on demand. */
class Link {
  #data;

  constructor(data, at) {
    this.#data = data;
    this.at = at;
  }

  get url() {
    return this.#data.urls[this.at];
  }

  get outcome() {
    return this.#word("outcome");
  }

  get label() {
    return this.#data.outcomes[this.outcome].label;
  }

  /** Where the link stands by the report's definition, which may differ from the outcome's own. */
  get standing() {
    return this.#word("ruled") ?? this.#data.outcomes[this.outcome].standing;
  }

  get meaning() {
    return this.#data.outcomes[this.outcome].meaning;
  }

  get host() {
    return this.#word("host");
  }

  get reason() {
    return this.#word("reason");
  }

  get sentence() {
    return this.#word("sentence");
  }

  get confidence() {
    return this.#word("confidence");
  }

  get state() {
    return this.#word("state");
  }

  get stateWords() {
    return this.#data.states[this.state] ?? this.state;
  }

  get change() {
    return this.#word("change");
  }

  get checked() {
    return this.#seconds(this.#data.findings.checked[this.at]);
  }

  /** When the present series of failures began; 0 where there is none. */
  get since() {
    return this.#seconds(this.#data.findings.broken[this.at]);
  }

  /** When the link came into its state; 0 where that is not known. */
  get entered() {
    return this.#seconds(this.#data.findings.entered[this.at]);
  }

  get failures() {
    return this.#data.findings.failures[this.at];
  }

  get final() {
    const final = this.#data.findings.final[this.at];
    return final === 0 ? this.url : final;
  }

  /** The kind of the decision in force, "" where there is none. */
  get decision() {
    return this.#word("decision") ?? "";
  }

  get decider() {
    return this.#word("decider");
  }

  get decided() {
    return this.#seconds(this.#data.findings.decided[this.at]);
  }

  get note() {
    return this.#word("note");
  }

  /** The decision in words: what, of what, by whom, when and why. */
  get decisionWords() {
    return this.#word("told") ?? "";
  }

  get replay() {
    const packed = this.#data.findings.replay[this.at];
    const isTimestamp = packed && /^\d{14}$/.test(packed);
    return isTimestamp ? `${packed}/${this.final ?? this.url}` : packed;
  }

  get replacement() {
    const packed = this.#data.findings.replacement[this.at];
    if (!packed) return null;
    const [start, rest, date, days, source] = packed;
    return { url: start + (rest === 0 ? this.url : rest), date: this.#seconds(date), days, source };
  }

  get hops() {
    const { url, status, failure, file, offset } = this.#data.hops;
    const known = { 0: this.url, 1: this.final };
    return this.#own("hops").map((at) => ({
      url: known[url[at]] ?? url[at],
      status: status[at],
      failure: this.#data.words[failure[at]],
      record: file[at] ? { file: this.#data.words[file[at]], offset: offset[at] } : null,
    }));
  }

  /** The records beside those of the hops. */
  get records() {
    const { file, offset } = this.#data.records;
    const from = this.hops.at(-1)?.record?.offset ?? 0;
    return this.#own("records").map((at) => ({
      file: this.#data.words[file[at]],
      offset: from + offset[at],
    }));
  }

  get citationCount() {
    return this.#data.findings.citations[this.at];
  }

  /** The places in `statements` of those that cite the link, one for each citation. */
  get citedBy() {
    const [start, end] = this.#range("citations");
    return this.#data.citations.statement.slice(start, end);
  }

  /** The first statement that cites the link, with its words, for the row. */
  get firstCitation() {
    return this.citationCount ? this.#citation(0, this.quoted.split("\u0081", 1)[0]) : null;
  }

  get citations() {
    const quoted = this.quoted.split("\u0081");
    return this.#own("citations").map((_, nth) => this.#citation(nth, quoted[nth]));
  }

  /** The words around the first citations, in one string. */
  get quoted() {
    return this.#data.findings.quoted[this.at];
  }

  /** Return whether a citing statement is one of those marked in `places`. */
  isCitedIn(places) {
    const { statement } = this.#data.citations;
    const [start, end] = this.#range("citations");
    for (let at = start; at < end; at += 1) {
      if (places[statement[at]]) return true;
    }
    return false;
  }

  /** Return whether one of the words of the verdict is marked in `words`. */
  isWordedIn(words) {
    const { reason, sentence } = this.#data.findings;
    return words[reason[this.at]] || words[sentence[this.at]];
  }

  #citation(nth, quoted = "") {
    const at = this.#data.starts.citations[this.at] + nth;
    const { statement, href } = this.#data.citations;
    const [before, anchor = "", after = ""] = quoted.split(/[\u007f\u0080]/);
    return {
      statement: this.#data.statements[statement[at]],
      before,
      anchor,
      after,
      href: href[at] || this.url,
    };
  }

  #own(name) {
    const [start, end] = this.#range(name);
    return Array.from({ length: end - start }, (_, nth) => start + nth);
  }

  #range(name) {
    const starts = this.#data.starts[name];
    return [starts[this.at], starts[this.at + 1]];
  }

  #word(name) {
    return this.#data.words[this.#data.findings[name][this.at]];
  }

  #seconds(minutes) {
    return minutes === null ? 0 : (this.#data.epoch + minutes) * 60;
  }
}
