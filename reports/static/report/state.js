// What the reader looks at lives in the URL's fragment, so that a view can be kept and shared.

const DEFAULTS = {
  view: "links",
  show: "broken",
  q: "",
  outcome: "",
  reason: "",
  host: "",
  tld: "",
  statement: "",
  confidence: "",
  state: "",
  change: "",
  decision: "",
  year: "",
  type: "",
  bureau: "",
  sort: "",
  page: "1",
  link: "",
};

function readState() {
  const given = new URLSearchParams(location.hash.slice(1));
  const state = { ...DEFAULTS };
  for (const name of Object.keys(DEFAULTS)) {
    if (given.has(name)) state[name] = given.get(name);
  }
  return state;
}

/** Return the fragment of the present view with `changes`; "view" is always there, for an empty
 * fragment would send the reader to the top of the page. */
function fragment(changes) {
  const state = { ...readState(), ...changes };
  const parts = Object.entries(state).filter(
    ([name, value]) => name === "view" || value !== DEFAULTS[name],
  );
  return `#${new URLSearchParams(parts)}`;
}

/** Return the fragment of another set of links: the first page of it, nothing unfolded. */
function narrowed(changes) {
  return fragment({ page: "1", link: "", ...changes });
}
