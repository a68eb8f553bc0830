// Which links are shown, in which order, and in which groups. No document here.

const JUDGED = new Set(["broken", "moved", "works"]);

const OF_LINK = ["outcome", "reason", "host", "confidence", "state", "change", "decision"];
const OF_STATEMENT = { statement: "url", year: "year", type: "type", bureau: "bureau" };

/** Return the rows that pass every filter but that of the standing. */
function passing({ rows, statements, search }, state) {
  let passed = rows;
  for (const name of OF_LINK.filter((name) => state[name] !== "")) {
    passed = passed.filter((row) => row[name] === state[name]);
  }
  if (Object.keys(OF_STATEMENT).some((name) => state[name] !== "")) {
    const places = statements.map(meant(state));
    passed = passed.filter((row) => row.isCitedIn(places));
  }
  if (state.tld) passed = passed.filter((row) => topLevel(row.host) === state.tld);
  const found = search.matches(state.q);
  return found ? passed.filter((row) => found[row.at]) : passed;
}

/** Return whether a statement passes the filters that speak of statements: all in one. */
function meant(state) {
  const tests = Object.entries(OF_STATEMENT).filter(([name]) => state[name] !== "");
  return (statement) => tests.every(([name, property]) => statement[property] === state[name]);
}

/** Return the last label of a host's name; "" for an address. reports/charts.py does the same. */
function topLevel(host) {
  return /\.([^.]*[^.\d][^.]*)\.?$/.exec(host)?.[1].toLowerCase() ?? "";
}

function showing(rows, show) {
  return show === "all" ? rows : rows.filter((row) => row.standing === show);
}

function countStandings(rows) {
  const counts = { all: rows.length };
  for (const row of rows) counts[row.standing] = (counts[row.standing] ?? 0) + 1;
  return counts;
}

/** Return groups of `rows`; `keysOf(row)` names the groups of a row, `start(key, row)` what a group
 * is. Groups with no row of standing `show` are left out. */
function grouped(rows, show, keysOf, start) {
  const groups = new Map();
  for (const row of rows) {
    const { standing } = row;
    for (const key of distinct(keysOf(row))) {
      let group = groups.get(key);
      if (!group) {
        group = { ...start(key, row), links: 0, shown: 0, counts: {} };
        groups.set(key, group);
      }
      count(group, standing, show);
    }
  }
  return [...groups.values()].filter((group) => group.shown > 0);
}

function distinct(keys) {
  return keys.length < 2 ? keys : new Set(keys);
}

function count(group, standing, show) {
  group.links += 1;
  group.shown += show === "all" || standing === show ? 1 : 0;
  group.counts[standing] = (group.counts[standing] ?? 0) + 1;
}

function judged(group) {
  return [...JUDGED].reduce((sum, standing) => sum + (group.counts[standing] ?? 0), 0);
}

/** Return `items` ordered by a column; equal ones keep their order. */
function sorted(items, columns, sort) {
  const column = columns.find(({ key }) => key === sort.replace(/^-/, ""));
  if (!column?.sortBy) return items;
  const sign = sort.startsWith("-") ? -1 : 1;
  const keyed = items.map((item) => [column.sortBy(item), item]);
  keyed.sort(([a], [b]) => (a < b ? -sign : a > b ? sign : 0));
  return keyed.map(([, item]) => item);
}
