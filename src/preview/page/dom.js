// Builds elements. Texts become text nodes: nothing that anybody wrote is ever parsed as HTML.

const SVG = "http://www.w3.org/2000/svg";

const ICONS = {
  at: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zm4 4v1.500a2.500 2.500 0 0 0 5 0V12a9 9 0 1 0-4 7.500",
  close: "M6 6l12 12M18 6L6 18",
  code: "M8 7l-5 5 5 5M16 7l5 5-5 5",
  eye: "M2 12s4-7 10-7 10 7 10 7-4 7-10 7S2 12 2 12zm10-3a3 3 0 1 0 0 6 3 3 0 0 0 0-6z",
  hash: "M10 4L8 20M16 4l-2 16M4 9h17M3 15h17",
  lock: "M6 11h12v9H6zM8 11V8a4 4 0 0 1 8 0v3",
  menu: "M4 7h16M4 12h16M4 17h16",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  reply: "M10 6L4 12l6 6M4 12h9a7 7 0 0 1 7 7",
  send: "M4 5l17 7-17 7 3-7zM7 12h7",
  theme: "M12 3a9 9 0 1 0 9 9 7 7 0 0 1-9-9z",
};

/** An element with attributes, `on…` listeners and children; a string becomes text. */
export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : String(value));
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** One of our icons, hidden from screen readers. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

/** A button that is an icon, with a name for screen readers. */
export function iconButton(name, label, onclick, attributes = {}) {
  return el("button", { type: "button", class: "icon-button", "aria-label": label, title: label, onclick, ...attributes }, icon(name));
}

/** The picture of a person or of the bot. */
export function avatar(user, size = "") {
  if (user.bot) return el("img", { class: `avatar ${size}`, src: "icon.svg", alt: "" });
  const name = user.global_name ?? user.name ?? user.username;
  const hue = [...name].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 6, 0);
  return el("span", { class: `avatar tint-${hue} ${size}`, "aria-hidden": "true" }, name.slice(0, 1).toUpperCase());
}

export const byId = (id) => document.getElementById(id);
