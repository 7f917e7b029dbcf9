// The field at the bottom: writes messages, and calls commands with their options and completions.

import { act, addNotice, client, COMMAND, COMPLETION, isDirect, t } from "./client.js";
import { aboutOf, calls, nameOf as localName } from "./commands.js";
import { byId, el, icon, iconButton } from "./dom.js";
import { nameOf, respond } from "./message.js";
import * as popup from "./popup.js";

/** Types of options in Discord's numbers. */
const INTEGER = 4;
const FLAG = 5;
const USER = 6;
const CHANNEL = 7;
const NUMBER = 10;
/** How long a pause in typing asks for completions. */
const PAUSE_MS = 120;

/** Shows an empty field for a message in the open channel. */
export function writeMessage({ focus = false, text = "" } = {}) {
  popup.hide();
  const channel = client.setup.channels.find((known) => known.id === client.channel);
  const label = channel ? t("write-in", channel.name) : t("write-to", client.setup.bot.username);
  const field = el("textarea", { id: "write", rows: 1, maxlength: 2000, placeholder: label, "aria-label": label, "aria-autocomplete": "list", "aria-haspopup": "listbox" });
  field.value = text;
  const send = el("button", { type: "submit", class: "send", "aria-label": t("send"), title: t("send") }, icon("send"));
  byId("composer").replaceChildren(field, send);
  byId("composer").onsubmit = (event) => {
    event.preventDefault();
    sendMessage(field);
  };
  field.addEventListener("input", () => {
    grow(field);
    suggest(field);
  });
  field.addEventListener("keydown", (event) => {
    if (popup.key(event)) return;
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      sendMessage(field);
    } else if (event.key === "Escape" && client.replyTo) {
      replyTo(null);
    }
  });
  field.addEventListener("blur", () => popup.hide());
  drawReply();
  if (focus) field.focus();
}

function grow(field) {
  field.rows = Math.min(8, field.value.split("\n").length);
}

async function sendMessage(field) {
  const bot = client.setup.bot;
  const content = field.value.trim().replace(new RegExp(`@${bot.username}\\b`, "g"), `<@${bot.id}>`);
  if (!content) return;
  const message = client.replyTo?.id;
  client.replyTo = null;
  writeMessage({ focus: true });
  const sent = await act({ content, message });
  if (sent?.failed) addNotice(sent.problem ? t("refused", sent.problem) : t("no-response"));
}

/** Offers commands after a slash and the bot after an @. */
function suggest(field) {
  const before = field.value.slice(0, field.selectionStart);
  const slash = /^\/([\p{L}\p{N} _-]*)$/u.exec(field.value);
  const at = /(^|\s)@(\w*)$/.exec(before);
  if (slash) {
    const typed = slash[1].toLowerCase();
    const found = calls().filter((call) => call.label.toLowerCase().startsWith(typed));
    const items = found.map((call) => ({ title: `/${call.label}`, detail: call.about, mark: el("img", { src: "icon.svg", alt: "", width: 24, height: 24 }), value: call }));
    popup.show(field, t("commands"), items, (item) => call(item.value));
  } else if (at && client.setup.bot.username.startsWith(at[2].toLowerCase())) {
    const name = `@${client.setup.bot.username}`;
    popup.show(field, t("members"), [{ title: name, detail: t("app"), value: name }], () => {
      const start = before.length - at[2].length - 1;
      field.setRangeText(`${name} `, start, before.length, "end");
      field.focus();
    });
  } else {
    popup.hide();
  }
}

/** Makes the next message an answer to another one. */
export function replyTo(entry) {
  client.replyTo = entry;
  drawReply();
  byId("write")?.focus();
}

function drawReply() {
  const bar = byId("replying");
  bar.hidden = !client.replyTo;
  if (!client.replyTo) return;
  const name = nameOf(client.replyTo.message.author);
  bar.replaceChildren(el("span", {}, t("replying-to", name)), iconButton("close", t("cancel"), () => replyTo(null)));
}

/** Shows the options of a command instead of the field. */
function call(chosen) {
  const composer = byId("composer");
  const fields = [];
  const extra = el("span", { class: "extra" });
  const row = el("div", { class: "options" });
  const add = (option, focus) => {
    const field = optionField(option, chosen, fields);
    fields.push(field);
    row.insertBefore(field.node, extra);
    drawExtra();
    if (focus) field.input.focus();
  };
  const drawExtra = () => {
    const left = chosen.options.filter((option) => !fields.some((field) => field.option === option));
    extra.replaceChildren(...left.map((option) => el("button", { type: "button", class: "add-option", title: aboutOf(option), onclick: () => add(option, true) }, `+ ${localName(option)}`)));
  };
  row.append(extra);
  const name = el("span", { class: "call-name" }, `/${chosen.label}`);
  const send = el("button", { type: "submit", class: "send", "aria-label": t("send"), title: t("send") }, icon("send"));
  const hint = el("p", { class: "call-hint", id: "call-hint" }, chosen.about);
  composer.replaceChildren(el("div", { class: "call", role: "group", "aria-label": `/${chosen.label}`, "aria-describedby": "call-hint" }, name, row), iconButton("close", t("cancel"), () => writeMessage({ focus: true })), send, hint);
  composer.onsubmit = (event) => {
    event.preventDefault();
    sendCall(chosen, fields);
  };
  composer.onkeydown = (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) writeMessage({ focus: true });
  };
  chosen.options.filter((option) => option.required).forEach((option) => add(option, false));
  drawExtra();
  (fields[0]?.input ?? send).focus();
}

/** An option of a command: its element, and how to read it. */
function optionField(option, chosen, fields) {
  const label = localName(option);
  const picker = choicesOf(option);
  const id = `option-${option.name}`;
  const input = picker
    ? el("select", { id }, picker.map(([value, title]) => el("option", { value }, title)))
    : el("input", {
        id, type: "text", inputmode: option.type === INTEGER || option.type === NUMBER ? "decimal" : undefined,
        role: option.autocomplete ? "combobox" : undefined, "aria-expanded": option.autocomplete ? "false" : undefined,
        "aria-autocomplete": option.autocomplete ? "list" : undefined,
        maxlength: option.max_length, size: 12, placeholder: aboutOf(option), "aria-description": aboutOf(option),
      });
  const node = el("label", { class: "option", for: id }, el("span", {}, label), input);
  const field = { option, node, input, chosenValue: null };
  if (!picker) {
    let timer;
    let asked = 0;
    const complete = async () => {
      const turn = (asked += 1);
      const options = filled(fields).map((each) => (each.name === option.name ? { ...each, focused: true } : each));
      if (!options.some((each) => each.focused)) options.push({ name: option.name, type: option.type, value: "", focused: true });
      const response = await act({ kind: COMPLETION, data: chosen.data(options) });
      if (turn !== asked || document.activeElement !== input) return;
      const items = (response.data?.choices ?? []).map((choice) => ({ title: choice.name_localizations?.[client.locale] ?? choice.name, value: choice.value }));
      popup.show(input, label, items, (item) => {
        input.value = item.title;
        field.chosenValue = item.value;
        input.focus();
      });
    };
    const later = () => {
      clearTimeout(timer);
      if (option.autocomplete) timer = setTimeout(complete, PAUSE_MS);
    };
    input.addEventListener("input", () => {
      field.chosenValue = null;
      popup.expire();
      node.classList.remove("missing");
      input.removeAttribute("aria-invalid");
      later();
    });
    input.addEventListener("focus", later);
    input.addEventListener("blur", () => { clearTimeout(timer); asked += 1; popup.hide(); });
    input.addEventListener("keydown", (event) => {
      if (popup.key(event)) { clearTimeout(timer); return; }
      if (event.key === "Backspace" && !input.value && fields[0] === field) {
        event.preventDefault();
        writeMessage({ focus: true, text: `/${chosen.label}` });
      }
    });
  }
  field.value = () => read(field);
  return field;
}

/** The choices of an option that takes one of a few values. */
function choicesOf(option) {
  if (option.choices?.length) return option.choices.map((choice) => [String(choice.value), choice.name_localizations?.[client.locale] ?? choice.name]);
  if (option.type === FLAG) return [["true", t("true")], ["false", t("false")]];
  if (option.type === USER) return client.setup.people.map((person) => [person.id, person.name]);
  if (option.type === CHANNEL) return client.setup.channels.map((channel) => [channel.id, `#${channel.name}`]);
  return null;
}

function read({ option, input, chosenValue }) {
  const typed = chosenValue ?? input.value.trim();
  if (option.type === FLAG) return typed === "true";
  if (option.type === INTEGER || option.type === NUMBER) return typed === "" ? "" : Number(typed);
  return typed;
}

const filled = (fields) => fields.map((field) => ({ name: field.option.name, type: field.option.type, value: field.value() })).filter(({ value }) => value !== "");

async function sendCall(chosen, fields) {
  const missing = fields.find((field) => field.option.required && field.value() === "");
  if (missing) {
    missing.node.classList.add("missing");
    missing.input.setAttribute("aria-invalid", "true");
    missing.input.focus();
    byId("toast").textContent = t("option-missing");
    return;
  }
  byId("toast").textContent = "";
  const data = chosen.data(filled(fields));
  writeMessage({ focus: true });
  respond(await act({ kind: COMMAND, data }));
}

/** The line that says what can be done in the open channel. */
export function topic() {
  const channel = client.setup.channels.find((known) => known.id === client.channel);
  if (isDirect(client.channel)) return t("topic-direct");
  if (channel.is_for_moderators) return t("topic-moderators");
  return channel.is_ask ? t("topic-ask") : t("topic-general");
}
