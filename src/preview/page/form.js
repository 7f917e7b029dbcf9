// A form of the bot as a dialog, and what was typed into it as the data of the interaction.

import { act, client, FORM, t } from "./client.js";
import { byId, el, iconButton } from "./dom.js";
import { markdown } from "./markdown.js";

const ROW = 1;
const SELECT = 3;
const TEXT = 4;
const DISPLAY = 10;
const LABEL = 18;

/** Opens a form; `message`: the message of the button that asked for it. */
export function openForm(data, message, respond) {
  const dialog = byId("form");
  const fault = el("p", { class: "fault", role: "alert" });
  const fields = (data.components ?? []).map(field);
  const submit = el("button", { type: "submit", class: "primary" }, t("submit"));
  const body = el(
    "form",
    { method: "dialog", autocomplete: "off" },
    el("header", {},
      el("h2", { id: "form-title" }, data.title),
      iconButton("close", t("cancel"), () => dialog.close()),
    ),
    el("p", { class: "form-app" }, t("form-of", client.setup.bot.username)),
    fields.map(({ node }) => node),
    fault,
    el("footer", {}, el("button", { type: "button", onclick: () => dialog.close() }, t("cancel")), submit),
  );
  body.addEventListener("submit", async (event) => {
    event.preventDefault();
    submit.disabled = true;
    const components = fields.map(({ value }) => value()).filter(Boolean);
    const response = await act({ kind: FORM, data: { custom_id: data.custom_id, components }, message });
    submit.disabled = false;
    if (response.failed) {
      fault.textContent = t("form-failed");
      return;
    }
    dialog.close();
    respond(response);
  });
  dialog.setAttribute("aria-labelledby", "form-title");
  dialog.replaceChildren(body);
  dialog.showModal();
  dialog.querySelector("input, textarea, select")?.focus();
}

/** The element of a component of a form, and how to read what was put in. */
function field(component) {
  switch (component.type) {
    case ROW: {
      const inner = component.components.map((part) => control(part, part.label));
      return { node: el("div", {}, inner.map(({ node }) => node)), value: () => ({ type: ROW, components: inner.map(({ value }) => value()) }) };
    }
    case LABEL: {
      const inner = control(component.component, component.label, component.description);
      return { node: inner.node, value: () => ({ type: LABEL, component: inner.value() }) };
    }
    case DISPLAY:
      return { node: el("div", { class: "display" }, markdown(component.content)), value: () => null };
    default:
      return { node: el("p", { class: "fault" }, t("not-drawn", String(component.type))), value: () => null };
  }
}

function control(component, label, description) {
  const isRequired = component.required !== false;
  const id = `field-${component.custom_id}`;
  const head = el("label", { for: id }, label ?? "", isRequired ? el("span", { class: "required", "aria-hidden": "true" }, " *") : null);
  const hint = description ? el("p", { class: "hint", id: `${id}-hint` }, description) : null;
  if (component.type === SELECT) {
    const select = el("select", { id, required: isRequired, multiple: component.max_values > 1, "aria-describedby": hint?.id }, options(component));
    return {
      node: el("div", { class: "field" }, head, hint, select),
      value: () => ({ type: SELECT, custom_id: component.custom_id, values: [...select.selectedOptions].map((option) => option.value).filter(Boolean) }),
    };
  }
  if (component.type !== TEXT) return { node: el("p", { class: "fault" }, t("not-drawn", String(component.type))), value: () => null };
  const isLong = component.style === 2;
  const input = el(isLong ? "textarea" : "input", {
    id, name: component.custom_id, required: isRequired, placeholder: component.placeholder,
    minlength: component.min_length || undefined, maxlength: component.max_length ?? 4000,
    rows: isLong ? 4 : undefined, type: isLong ? undefined : "text", "aria-describedby": hint?.id,
  });
  input.value = component.value ?? "";
  const count = el("span", { class: "count", "aria-hidden": "true" });
  const recount = () => { count.textContent = String((component.max_length ?? 4000) - input.value.length); };
  input.addEventListener("input", recount);
  recount();
  return {
    node: el("div", { class: "field" }, head, hint, input, isLong ? count : null),
    value: () => ({ type: TEXT, custom_id: component.custom_id, value: input.value }),
  };
}

/** The options of a menu; the placeholder is the first one. */
export function options(component) {
  const hasDefault = component.options.some((option) => option.default);
  const first = component.max_values > 1 ? [] : [el("option", { value: "", selected: !hasDefault, disabled: component.min_values !== 0, hidden: true }, component.placeholder ?? t("choose"))];
  const named = component.options.map((option) =>
    el("option", { value: option.value, selected: option.default }, option.description ? `${option.label} – ${option.description}` : option.label));
  return [...first, ...named];
}
