// Words among the links. What many links share (titles, sentences) is looked through once; what is
// a link's own is put together in blocks, for to look through few long texts is fast.

const BLOCK = 1000;

class SearchIndex {
  #report;
  #blocks = [];
  #titles = null;
  #words = null;

  constructor(report) {
    this.#report = report;
  }

  /** Build what is still missing while nothing else is asked of the page. */
  prepare() {
    globalThis.requestIdleCallback?.((idle) => {
      const count = Math.ceil(this.#report.rows.length / BLOCK);
      let at = 0;
      while (at < count && (this.#blocks[at] || idle.timeRemaining() > 3)) this.#block(at++);
      if (at < count) this.prepare();
      else document.documentElement.dataset.searchable = "yes";
    });
  }

  /** Return for each row whether all words of `sought` stand somewhere in it; null for no word. */
  matches(sought) {
    const words = sought.toLowerCase().split(/\s+/).filter(Boolean);
    if (words.length === 0) return null;
    words.sort((a, b) => b.length - a.length);
    let found = null;
    for (const word of words) found = this.#holding(word, found);
    return found;
  }

  #holding(word, among) {
    const { rows } = this.#report;
    const found = new Uint8Array(rows.length);
    const titles = this.#titlesHolding(word);
    const words = this.#wordsHolding(word);
    for (const row of rows) {
      if (among && !among[row.at]) continue;
      if ((titles && row.isCitedIn(titles)) || (words && row.isWordedIn(words))) found[row.at] = 1;
    }
    for (let at = 0; at * BLOCK < rows.length; at += 1) scan(this.#block(at), word, found);
    if (among) for (let at = 0; at < found.length; at += 1) found[at] &= among[at];
    return found;
  }

  #titlesHolding(word) {
    this.#titles ??= this.#report.statements.map(({ title }) => title.toLowerCase());
    return holders(this.#titles, word);
  }

  #wordsHolding(word) {
    this.#words ??= this.#report.words.map((text) => (text ?? "").toLowerCase());
    return holders(this.#words, word);
  }

  #block(at) {
    this.#blocks[at] ??= blockOf(this.#report.rows.slice(at * BLOCK, (at + 1) * BLOCK));
    return this.#blocks[at];
  }
}

function holders(texts, word) {
  const marks = texts.map((text) => text.includes(word));
  return marks.includes(true) ? marks : null;
}

function blockOf(rows) {
  const starts = [];
  let text = "";
  for (const row of rows) {
    starts.push(text.length);
    const final = row.final === row.url ? "" : row.final;
    const quoted = row.quoted.replace(/[\u007f\u0080]/g, "");
    text += `${row.url}\n${final ?? ""}\n${row.label}\n${quoted}\n`.toLowerCase();
  }
  starts.push(text.length);
  return { first: rows[0].at, starts, text };
}

/** Mark the rows of a block that hold `word`; from a hit on the search goes on in the next row. */
function scan({ first, starts, text }, word, found) {
  let nth = 0;
  let at = text.indexOf(word);
  while (at >= 0) {
    while (starts[nth + 1] <= at) nth += 1;
    found[first + nth] = 1;
    at = text.indexOf(word, starts[nth + 1]);
  }
}
