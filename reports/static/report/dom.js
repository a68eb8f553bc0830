// Elements, made so that nothing from a page can become markup or a link to anything but the web.

const SVG = "http://www.w3.org/2000/svg";
const UNSEEN_CHARACTERS =
  /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** Return an element; strings become visible text, null children are left out. */
function element(name, attributes, ...children) {
  return fill(document.createElement(name), attributes, children);
}

function drawing(name, attributes, ...children) {
  return fill(document.createElementNS(SVG, name), attributes, children);
}

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value);
  }
  const given = children.flat().filter((child) => child !== null && child !== undefined);
  node.append(...given.map((child) => (child instanceof Node ? child : visible(child))));
  return node;
}

/** Return `text` with control and direction marks spelled out, so that it reads as it is. */
function visible(text) {
  return String(text ?? "").replace(UNSEEN_CHARACTERS, (mark) =>
    mark === "\n" || mark === "\t"
      ? " "
      : `⟨U+${mark.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}⟩`,
  );
}

/** Return `text` kept apart from the direction of what surrounds it. */
function isolated(text) {
  return element("bdi", null, text ?? "");
}

/** Return `url` where it is one of the web that a reader may follow, else null. */
function webAddress(url) {
  return /^https?:\/\/[^/]/i.test(url ?? "") && URL.canParse(url) ? url : null;
}

/** Return a link that leaves the report; plain text where `url` is not of the web. */
function outward(url, text, attributes) {
  const href = webAddress(url);
  const label = isolated(text ?? url);
  if (!href) return element("span", attributes, label);
  return element("a", { href, rel: "noreferrer nofollow", target: "_blank", ...attributes }, label);
}

function counted(number, one, many) {
  return `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
}

function day(seconds) {
  return seconds ? new Date(seconds * 1000).toISOString().slice(0, 10) : "";
}

function minute(seconds) {
  return `${new Date(seconds * 1000).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
