// Draws a message: author, text, embeds, buttons and menus, exactly what its body says.

import { act, addNotice, client, COMMAND, COMPONENT, dismiss, t } from "./client.js";
import { avatar, byId, el, icon, iconButton } from "./dom.js";
import { openForm, options } from "./form.js";
import { inline, link, markdown } from "./markdown.js";

const EPHEMERAL = 1 << 6;
const LOADING = 1 << 7;
const STYLES = { 1: "primary", 2: "secondary", 3: "success", 4: "danger" };
const FORM_RESPONSE = 9;
/** Messages of one person within this time are drawn as one. */
const TOGETHER_MS = 7 * 60 * 1000;

export const nameOf = (user) => user.global_name ?? user.username;

/** Takes the initial response to an interaction: a form opens, everything else arrives as a message. */
export function respond(response, message) {
  if (response.failed) addNotice(response.problem ? t("refused", response.problem) : t("no-response"));
  else if (response.type === FORM_RESPONSE) openForm(response.data, message, (next) => respond(next, message));
}

/** The element of a message; `before`: the one above it. */
export function drawMessage(entry, before, handlers) {
  const { message } = entry;
  const isPrivate = Boolean(message.flags & EPHEMERAL);
  const isFirst = !before || !belongsTo(message, before.message);
  const article = el("article", {
    id: `message-${entry.id}`, tabindex: "-1", "data-id": entry.id,
    class: ["message", isFirst ? "first" : "", isPrivate ? "private" : "", entry.isFailure ? "failure" : "", isMention(message) ? "mentions-me" : ""].join(" "),
    "aria-label": t("message-of", nameOf(message.author)),
  });
  article.append(...[
    above(message),
    isFirst ? avatar(message.author) : el("span", { class: "short-time", "aria-hidden": "true" }, clock(message)),
    el("div", { class: "body" },
      isFirst ? header(message) : null,
      content(message, entry),
      (message.embeds ?? []).map(embed),
      message.components?.length ? components(message) : null,
      (message.reactions ?? []).map((reaction) => el("span", { class: "reaction" }, `${reaction.emoji.name} ${reaction.count}`)),
      isPrivate ? privateNotice(entry) : null,
    ),
    toolbar(entry, handlers),
  ].filter(Boolean));
  article.addEventListener("contextmenu", (event) => {
    if (event.target.closest("a, input, textarea") || String(getSelection())) return;
    event.preventDefault();
    openMenu(article.querySelector(".open-menu"), entry, handlers);
  });
  return article;
}

function belongsTo(message, before) {
  const isOwn = message.referenced_message || message.interaction || (message.flags & EPHEMERAL) !== (before.flags & EPHEMERAL);
  return !isOwn && message.author.id === before.author.id && new Date(message.timestamp) - new Date(before.timestamp) < TOGETHER_MS;
}

const isMention = (message) => (message.mentions ?? []).some((user) => user.id === client.person.id);

const clock = (message) => new Intl.DateTimeFormat(client.locale, { timeStyle: "short" }).format(new Date(message.timestamp));

/** The line above a message: the message that it answers, or the command. */
function above(message) {
  const answered = message.referenced_message;
  if (answered) {
    const text = answered.content || answered.embeds?.[0]?.title || answered.embeds?.[0]?.description || t("a-message");
    return el("div", { class: "above" }, el("span", { class: "hidden" }, t("in-reply-to")), avatar(answered.author, "tiny"),
      el("strong", {}, `@${nameOf(answered.author)}`), " ", el("span", { class: "excerpt" }, inline(text)));
  }
  if (message.interaction) {
    const { user, name } = message.interaction;
    return el("div", { class: "above" }, avatar(user, "tiny"), el("strong", {}, nameOf(user)), ` ${t("used")} `, el("span", { class: "command" }, `/${name}`));
  }
  return null;
}

function header(message) {
  const moderator = client.setup.people.find((person) => person.id === message.author.id)?.is_moderator;
  return el("h3", { class: "author" },
    el("span", { class: moderator ? "name moderator" : "name" }, nameOf(message.author)),
    message.author.bot ? el("span", { class: "tag" }, t("app")) : null,
    el("time", { datetime: message.timestamp }, clock(message)));
}

function content(message, entry) {
  if (message.flags & LOADING) {
    return el("p", { class: "thinking" }, el("span", { class: "dots", "aria-hidden": "true" }, el("i"), el("i"), el("i")), t("thinking", client.setup.bot.username));
  }
  if (entry.isFailure) return el("p", { class: "failed" }, "⚠ ", message.content);
  return message.content ? el("div", { class: "content markdown" }, markdown(message.content)) : null;
}

function embed(body) {
  const color = body.color ?? 0;
  const card = el("section", { class: "embed", "aria-label": body.title });
  card.style.setProperty("--stripe", color ? `#${color.toString(16).padStart(6, "0")}` : "var(--line)");
  if (body.author?.name) card.append(el("p", { class: "embed-author" }, body.author.name));
  if (body.title) card.append(el("h4", { class: "embed-title markdown" }, body.url ? link(body.url, inline(body.title)) : inline(body.title)));
  if (body.description) card.append(el("div", { class: "markdown" }, markdown(body.description)));
  if (body.fields?.length) {
    card.append(el("dl", { class: "fields" }, body.fields.map((field) =>
      el("div", { class: field.inline ? "field inline" : "field" },
        el("dt", { class: "markdown" }, inline(field.name)), el("dd", { class: "markdown" }, markdown(field.value))))));
  }
  const footer = [body.footer?.text, body.timestamp && new Date(body.timestamp).toLocaleString(client.locale)].filter(Boolean);
  if (footer.length) card.append(el("p", { class: "embed-footer" }, footer.join(" • ")));
  return card;
}

function components(message) {
  const failed = el("p", { class: "fault", role: "alert" });
  const press = async (control, data) => {
    failed.textContent = "";
    control.classList.add("waiting");
    control.setAttribute("aria-busy", "true");
    const response = await act({ kind: COMPONENT, data, message: message.id });
    control.classList.remove("waiting");
    control.removeAttribute("aria-busy");
    if (response.failed) failed.textContent = response.problem ? t("refused", response.problem) : t("press-failed");
    else respond(response, message.id);
  };
  const rows = message.components.map((row) => el("div", { class: "row" }, (row.components ?? [row]).map((part) => component(part, press))));
  return el("div", { class: "components" }, rows, failed);
}

function component(part, press) {
  const emoji = part.emoji?.name ? `${part.emoji.name} ` : "";
  if (part.type === 2 && part.url) {
    const button = link(part.url, [emoji, part.label ?? "", el("span", { class: "hidden" }, ` (${t("opens-elsewhere")})`), " ↗"]);
    button.className = "button secondary";
    return button;
  }
  if (part.type === 2) {
    return el("button", {
      type: "button", class: `button ${STYLES[part.style] ?? "secondary"}`, disabled: part.disabled, "data-custom-id": part.custom_id,
      onclick: ({ currentTarget }) => press(currentTarget, { custom_id: part.custom_id, component_type: 2 }),
    }, emoji, part.label ?? "");
  }
  if (part.type === 3) {
    const choose = ({ currentTarget }) => press(currentTarget, {
      custom_id: part.custom_id, component_type: 3, values: [...currentTarget.selectedOptions].map((option) => option.value),
    });
    return el("select", { class: "menu", disabled: part.disabled, multiple: part.max_values > 1, "data-custom-id": part.custom_id, "aria-label": part.placeholder ?? t("choose"), onchange: choose }, options(part));
  }
  return el("p", { class: "fault" }, t("not-drawn", String(part.type)));
}

function privateNotice(entry) {
  return el("p", { class: "only-you" }, icon("eye"), `${t("only-you")} • `,
    el("button", { type: "button", class: "link", onclick: () => dismiss(entry.id) }, t("dismiss")));
}

/** The buttons at the corner of a message. */
function toolbar(entry, handlers) {
  if (entry.isFailure) return null;
  const more = iconButton("more", t("more"), () => openMenu(more, entry, handlers), { "aria-haspopup": "menu", "aria-expanded": "false" });
  more.classList.add("open-menu");
  return el("div", { class: "toolbar" },
    entry.message.flags & EPHEMERAL ? null : iconButton("reply", t("reply"), () => handlers.reply(entry)),
    entry.requests.length ? iconButton("code", t("show-source"), () => showSource(entry)) : null,
    more);
}

/** The menu of a message, with the commands that are registered for it. */
function openMenu(button, entry, handlers) {
  closeMenu();
  const isPrivate = entry.message.flags & EPHEMERAL;
  const apps = isPrivate ? [] : handlers.menuCommands();
  const items = [
    isPrivate ? null : ["reply", t("reply"), () => handlers.reply(entry)],
    ...apps.map((command) => ["app", command.label, () => callOn(entry, command.name)]),
    entry.requests.length ? ["source", t("show-source"), () => showSource(entry)] : null,
    isPrivate ? ["dismiss", t("dismiss"), () => dismiss(entry.id)] : null,
  ].filter(Boolean);
  const menu = el("div", { class: "menu-popup", role: "menu", "aria-label": t("more") }, items.map(([kind, label, run]) =>
    el("button", { type: "button", role: "menuitem", tabindex: "-1", class: kind, onclick: () => { closeMenu(); run(); } },
      kind === "app" ? el("img", { src: "icon.svg", alt: "", width: 18, height: 18 }) : null, label)));
  menu.addEventListener("keydown", (event) => {
    const buttons = [...menu.children];
    const at = buttons.indexOf(document.activeElement);
    if (event.key === "ArrowDown") buttons[(at + 1) % buttons.length].focus();
    else if (event.key === "ArrowUp") buttons[(at - 1 + buttons.length) % buttons.length].focus();
    else if (event.key === "Escape" || event.key === "Tab") { closeMenu(); button.focus(); }
    else return;
    event.preventDefault();
  });
  button.setAttribute("aria-expanded", "true");
  button.closest(".message").append(menu);
  menu.scrollIntoView({ block: "nearest" });
  menu.firstElementChild?.focus();
  addEventListener("pointerdown", closeFromOutside);
}

function closeFromOutside(event) {
  if (!event.target.closest(".menu-popup")) closeMenu();
}

function closeMenu() {
  removeEventListener("pointerdown", closeFromOutside);
  document.querySelector(".menu-popup")?.remove();
  document.querySelectorAll(".open-menu").forEach((button) => button.setAttribute("aria-expanded", "false"));
}

async function callOn(entry, name) {
  respond(await act({ kind: COMMAND, data: { name, type: 3, target_id: entry.id } }));
}

/** Shows the requests of the bot that made a message, as they came. */
function showSource(entry) {
  const dialog = byId("source");
  const close = () => dialog.close();
  dialog.setAttribute("aria-labelledby", "source-title");
  dialog.replaceChildren(
    el("header", {}, el("h2", { id: "source-title" }, t("source-title")), iconButton("close", t("close"), close)),
    el("p", { class: "hint" }, t("source-hint")),
    ...entry.requests.map((request) => el("section", {},
      el("h3", {}, `${request.method} ${request.path}`),
      el("pre", { tabindex: 0 }, el("code", {}, pretty(request.body))))));
  dialog.showModal();
}

function pretty(body) {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
