"use strict";
// Keys for those who review many findings. Every one presses a link or a button of the page.

const FIELDS = "input:not([type=checkbox], [type=radio]), textarea, select";
let isLeaving = false;

function rows() {
  return [...document.querySelectorAll("[data-row] [data-open]")];
}

function step(by) {
  const links = rows();
  const here = links.findIndex((link) => link.closest("[data-row]").contains(document.activeElement));
  const to = links[here < 0 ? (by > 0 ? 0 : -1) : here + by];
  if (to) {
    to.focus();
    to.scrollIntoView({ block: "nearest" });
  } else {
    document.querySelector(by > 0 ? "a[rel=next]" : "a[rel=prev]")?.click();
  }
}

function open() {
  const row = document.activeElement.closest("[data-row]");
  const link = row ? row.querySelector("[data-open]") : document.querySelector("main [data-open]");
  link?.click();
}

/** Send the form of a key, or unfold it where it wants something written first. */
function send(form) {
  const field = form.querySelector(":scope > details [required]");
  if (field && !field.value.trim()) {
    form.querySelector("details").open = true;
    field.focus();
  } else {
    form.requestSubmit();
  }
}

function help() {
  const keys = document.getElementById("keys");
  if (!keys) return;
  keys.open = !keys.open;
  keys.querySelector("summary").focus();
}

const ACTS = {
  j: () => step(1),
  k: () => step(-1),
  o: open,
  "/": () => document.getElementById("q")?.select(),
  "?": help,
};

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && event.target.matches(FIELDS)) event.target.blur();
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isLeaving) return;
  if (event.target.matches(FIELDS)) return;
  const form = /^[a-z]$/.test(event.key) && document.querySelector(`form[data-key=${event.key}]`);
  const act = form ? () => send(form) : ACTS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});
// A second press must not decide on what was not seen yet.
document.addEventListener("submit", () => { isLeaving = true; });
addEventListener("pageshow", () => { isLeaving = false; });

// Screen readers tell only what comes into a live region after the page is there.
const flash = document.getElementById("flash");
if (flash.textContent.trim()) {
  const told = [...flash.childNodes];
  flash.replaceChildren();
  setTimeout(() => flash.replaceChildren(...told), 100);
}
document.documentElement.dataset.ready = "yes";
