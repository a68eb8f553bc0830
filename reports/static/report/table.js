// The table of the present view: head with sort buttons, one page of rows, pager.

const PAGE_SIZE = 50;
const PRINTED = 1000;
const NARROW = matchMedia("(max-width: 52rem)"); // report.css hides columns marked extra there

function drawTable(table, view, items, state, report) {
  const focused = document.activeElement?.dataset?.keep;
  table.replaceChildren(
    element("caption", { class: "aside" }, view.caption),
    element("thead", null, headRow(view, state.sort || view.sort)),
    element("tbody", null, ...items.flatMap((item) => bodyRows(view, item, state, report))),
  );
  if (focused) table.querySelector(`[data-keep="${CSS.escape(focused)}"]`)?.focus();
}

function headRow(view, sort) {
  return element("tr", null, ...view.columns.map((column) => headCell(column, sort)));
}

function headCell(column, sort) {
  const direction = { [column.key]: "ascending", [`-${column.key}`]: "descending" }[sort];
  const keep = { "data-keep": `sort-${column.key}` };
  const button = element("button", { type: "button", ...keep }, column.title);
  button.addEventListener("click", () => {
    const first = column.number ? `-${column.key}` : column.key;
    const other = column.number ? column.key : `-${column.key}`;
    location.hash = narrowed({ sort: sort === first ? other : first });
  });
  return element(
    "th",
    { scope: "col", class: classes(column), "aria-sort": direction ?? "none" },
    button,
  );
}

function classes(column) {
  const names = [column.number && "number", column.extra && "extra", `of-${column.key}`];
  return names.filter(Boolean).join(" ");
}

function bodyRows(view, item, state, report) {
  const cells = view.columns.map((column) =>
    element(
      column.header ? "th" : "td",
      { scope: column.header ? "row" : null, class: classes(column) },
      column.cell(item, report),
    ),
  );
  const row = element("tr", null, ...cells);
  if (!view.unfolds) return [row];
  return [row, ...unfoldable(row, item, view.columns, state, report)];
}

/** Make the row's link a button that unfolds it; return the unfolded row where it is open. */
function unfoldable(row, item, columns, state, report) {
  const cell = row.querySelector("th");
  const button = element("button", { type: "button", class: "fold" }, ...cell.childNodes);
  button.setAttribute("aria-expanded", "false");
  cell.replaceChildren(button);
  const span = columns.filter((column) => !(column.extra && NARROW.matches)).length;
  const open = () => {
    button.setAttribute("aria-expanded", "true");
    row.classList.add("open");
    const cell = element("td", { colspan: span }, detail(item, report));
    return element("tr", { class: "unfolded" }, cell);
  };
  button.addEventListener("click", () => {
    const isOpen = button.getAttribute("aria-expanded") === "true";
    history.replaceState(null, "", fragment({ link: isOpen ? "" : item.url }));
    if (!isOpen) {
      row.after(open());
      return;
    }
    row.nextSibling.remove();
    row.classList.remove("open");
    button.setAttribute("aria-expanded", "false");
  });
  return item.url === state.link ? [open()] : [];
}

function drawPager(pager, page, pages) {
  const step = (to, text) =>
    to < 1 || to > pages
      ? element("span", { class: "step", "aria-disabled": "true" }, text)
      : element("a", { class: "step", href: fragment({ page: String(to), link: "" }) }, text);
  pager.replaceChildren(
    step(page - 1, "← Previous"),
    element("span", null, `Page ${page} of ${pages}`),
    step(page + 1, "Next →"),
  );
  pager.hidden = pages < 2;
}
