// A list of choices above a text field: completions, commands, mentions. By arrow keys or pointer, and for screen readers.

import { byId, el } from "./dom.js";

let current = null;

/** Shows choices for `field`. Each item is {title, detail, mark, value}; `choose` gets the chosen one. */
export function show(field, heading, items, choose) {
  const popup = byId("popup");
  if (items.length === 0) return hide();
  const options = items.map((item, at) =>
    el(
      "li",
      {
        id: `choice-${at}`, role: "option", "aria-selected": "false",
        onmousedown: (event) => event.preventDefault(),
        onclick: () => pick(at),
        onmousemove: () => current?.at !== at && select(at),
      },
      item.mark ?? null,
      el("span", { class: "choice-title" }, item.title),
      item.detail ? el("span", { class: "choice-detail" }, item.detail) : null,
    ),
  );
  const list = el("ul", { role: "listbox", id: "choices", "aria-label": heading }, options);
  popup.replaceChildren(el("p", { class: "popup-heading", "aria-hidden": "true" }, heading), list);
  popup.hidden = false;
  popup.classList.remove("stale");
  current = { field, items, choose, options, at: -1 };
  if (field.role === "combobox") field.setAttribute("aria-expanded", "true");
  field.setAttribute("aria-controls", "choices");
  select(0);
}

export function hide() {
  if (!current) return;
  byId("popup").hidden = true;
  byId("popup").replaceChildren();
  if (current.field.role === "combobox") current.field.setAttribute("aria-expanded", "false");
  current.field.removeAttribute("aria-controls");
  current.field.removeAttribute("aria-activedescendant");
  current = null;
}

/** The choices are about to be replaced: until then none of them is taken. */
export function expire() {
  if (!current) return;
  current.isStale = true;
  byId("popup").classList.add("stale");
}

/** Handles a key in the field; returns whether it was for the list. */
export function key(event) {
  if (!current || event.isComposing) return false;
  const last = current.options.length - 1;
  switch (event.key) {
    case "ArrowDown": select(current.at < last ? current.at + 1 : 0); break;
    case "ArrowUp": select(current.at > 0 ? current.at - 1 : last); break;
    case "Enter": case "Tab":
      if (event.shiftKey || current.isStale) return false;
      pick(current.at);
      break;
    case "Escape": hide(); break;
    default: return false;
  }
  event.preventDefault();
  event.stopPropagation();
  return true;
}

function select(at) {
  current.options[current.at]?.setAttribute("aria-selected", "false");
  current.at = at;
  const option = current.options[at];
  option.setAttribute("aria-selected", "true");
  option.scrollIntoView({ block: "nearest" });
  current.field.setAttribute("aria-activedescendant", option.id);
}

function pick(at) {
  const { items, choose } = current;
  hide();
  choose(items[at]);
}
