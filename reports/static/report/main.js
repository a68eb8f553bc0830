// The page: controls into the fragment, the fragment into controls and table.

const $ = (id) => document.getElementById(id);
const CHOICES = ["outcome", "confidence", "state", "year", "type", "bureau", "change", "decision"];
const TRACES = { reason: "Cause", host: "Host", tld: "Top-level domain", statement: "Statement" };
const PARTS = ["browse", "reading"];
const TYPING_PAUSE = 100;

function start(report) {
  fillChoices(report);
  let size = PAGE_SIZE;
  const draw = () => show(report, readState(), size);
  addEventListener("hashchange", draw);
  NARROW.addEventListener("change", draw);
  const drawOf = (rows) => () => {
    size = rows;
    draw();
  };
  addEventListener("beforeprint", drawOf(PRINTED));
  addEventListener("afterprint", drawOf(PAGE_SIZE));
  listenToControls(report);
  listenToKeys();
  draw();
  $("browse").hidden = false;
  $("waiting").remove();
  document.documentElement.dataset.ready = String(Math.round(performance.now()));
  report.search.prepare();
}

function show(report, state, size) {
  const view = VIEWS[state.view] ?? VIEWS.links;
  const pool = passing(report, state).filter(view.only ?? Boolean);
  const items = sorted(view.items(pool, state, report), view.columns, state.sort || view.sort);
  const pages = Math.max(1, Math.ceil(items.length / size));
  const page = Math.min(Math.max(1, Number.parseInt(state.page, 10) || 1), pages);
  drawTable($("table"), view, items.slice((page - 1) * size, page * size), state, report);
  drawPager($("pager"), page, pages);
  $("count").textContent = items.length
    ? counted(items.length, view.one, view.many)
    : (view.empty?.(report) ?? "Nothing here under these filters.");
  drawControls(report, state, countStandings(pool));
}

function drawControls(report, state, counts) {
  for (const tab of document.querySelectorAll("#tabs a")) {
    const ofTab = { view: tab.dataset.view, sort: "", page: "1", link: "" };
    tab.href = fragment(tab.dataset.view === "new" ? { ...ofTab, show: "all" } : ofTab);
    mention(tab, tab.dataset.view === state.view);
  }
  for (const choice of document.querySelectorAll("#standings a")) {
    choice.href = narrowed({ show: choice.dataset.show });
    choice.querySelector("b").textContent = (counts[choice.dataset.show] ?? 0).toLocaleString("en");
    mention(choice, choice.dataset.show === state.show);
  }
  for (const name of CHOICES) $(name).value = state[name];
  if ($("q") !== document.activeElement) $("q").value = state.q;
  drawTraces(state);
}

function mention(link, current) {
  if (current) link.setAttribute("aria-current", "true");
  else link.removeAttribute("aria-current");
}

/** Show the filters that have no control of their own, each with a way to drop it. */
function drawTraces(state) {
  const traces = Object.keys(TRACES).filter((name) => state[name]);
  const filtered = [...CHOICES, "q", ...traces].some((name) => state[name]);
  $("traces").replaceChildren(
    ...traces.map((name) =>
      element(
        "a",
        { class: "trace", href: narrowed({ [name]: "" }), title: "Drop this filter" },
        `${TRACES[name]}: `,
        isolated(state[name]),
        element("span", { "aria-hidden": "true" }, " ×"),
      ),
    ),
    ...(filtered ? [clearing(state)] : []),
  );
}

function clearing({ view, show }) {
  const href = `#${new URLSearchParams({ view, show })}`;
  return element("a", { class: "trace clear", href }, "Clear filters");
}

function fillChoices(report) {
  const values = (name) =>
    name in OF_STATEMENT
      ? report.statements.map((statement) => statement[OF_STATEMENT[name]])
      : report.rows.map((row) => row[name]);
  const words = {
    state: (code) => report.states[code] ?? code,
    outcome: (code) => `${report.outcomes[code].label} (${code})`,
    change: (code) => report.changes[code],
    decision: (kind) => report.decisions[kind] ?? kind,
  };
  for (const name of CHOICES) {
    const distinct = [...new Set(values(name))].filter(Boolean).sort();
    const label = words[name] ?? String;
    $(name).append(...distinct.map((value) => element("option", { value }, label(value))));
    $(name).closest("label").hidden = distinct.length < 2;
  }
}

function listenToControls(report) {
  let pause;
  $("q").addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(() => location.replace(narrowed({ q: $("q").value })), TYPING_PAUSE);
  });
  for (const name of CHOICES) {
    $(name).addEventListener("change", () => {
      location.hash = narrowed({ [name]: $(name).value });
    });
  }
  $("filters").addEventListener("submit", (event) => event.preventDefault());
  $("download").addEventListener("click", () => {
    const state = readState();
    const { only } = VIEWS[state.view] ?? VIEWS.links;
    const rows = passing(report, state).filter(only ?? Boolean);
    download("links.csv", csvOf(showing(rows, state.show), report));
  });
  document.addEventListener("click", followInside);
}

/** Show what a link inside the report leads to: a counter or a mark in a chart changes the table,
 * which may be out of sight; a part of the page is no view of the links. */
function followInside(event) {
  const link = event.target.closest?.('a[href^="#"]');
  if (!link) return;
  const part = PARTS.find((id) => link.getAttribute("href") === `#${id}`);
  if (part) {
    event.preventDefault();
    goTo($(part));
  } else if (!$("browse").contains(link) || link.classList.contains("step")) {
    requestAnimationFrame(() => $("browse").scrollIntoView());
  }
}

function goTo(part) {
  if (part instanceof HTMLDetailsElement) part.open = true;
  part.tabIndex = -1;
  part.focus({ preventScroll: true });
  part.scrollIntoView();
}

/** "/" goes to the search; j and k to the next and the last link, Enter unfolds it. */
function listenToKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.matches("input, select, textarea")) return;
    if (event.key === "/") {
      event.preventDefault();
      $("q").focus();
    } else if (event.key === "j" || event.key === "k") {
      moveFocus(event.key === "j" ? 1 : -1);
    }
  });
}

function moveFocus(step) {
  const heads = [...document.querySelectorAll("#table tbody tr:not(.unfolded) :is(.fold, th a)")];
  const next = heads.indexOf(document.activeElement) + step;
  heads[Math.min(Math.max(next, 0), heads.length - 1)]?.focus();
}

$("waiting").hidden = false;
loadReport()
  .then((report) => start({ ...report, search: new SearchIndex(report) }))
  .catch((error) => {
    $("waiting").textContent =
      `The links cannot be shown in this browser (${error.message}). ` +
      "The CSV and JSON Lines files beside this one hold them all.";
  });
