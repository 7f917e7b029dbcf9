// Puts the page together: channels, messages, and who one is.

import { become, client, connect, follow, isDirect, isUnread, listen, open, redraw, t, visibleChannels, visibleMessages } from "./client.js";
import { menuCommands } from "./commands.js";
import { replyTo, topic, writeMessage } from "./composer.js";
import { avatar, byId, el, icon } from "./dom.js";
import { drawMessage } from "./message.js";

const TYPING_MS = 10_000;
const handlers = { reply: replyTo, menuCommands };
let drawn = [];

function remember(key, value) {
  try {
    if (value === undefined) return sessionStorage.getItem(key);
    sessionStorage.setItem(key, value);
  } catch {
    // Without storage the choice lasts until the page is loaded again.
  }
  return null;
}

function drawTexts() {
  document.documentElement.lang = client.locale.split("-")[0];
  document.querySelectorAll("[data-text]").forEach((element) => { element.textContent = t(element.dataset.text); });
  document.querySelectorAll("[data-label]").forEach((element) => {
    element.setAttribute("aria-label", t(element.dataset.label));
    if (element.matches("button")) element.title = t(element.dataset.label);
  });
  byId("person").replaceChildren(...client.setup.people.map((person) =>
    el("option", { value: person.id, selected: person === client.person }, `${person.name} (${t(person.is_moderator ? "moderator" : "member")})`)));
  byId("you-avatar").replaceWith(el("span", { id: "you-avatar", "aria-hidden": "true" }, avatar({ name: client.person.name }, "small")));
}

function drawChannels() {
  const item = (id, name, sign) => {
    const isOpen = id === client.channel;
    return el("li", {}, el("button", {
      type: "button", class: isUnread(id) ? "channel unread" : "channel", "aria-current": isOpen ? "page" : undefined,
      "data-channel": id, onclick: () => { open(id); showSidebar(false); byId("write")?.focus(); },
    }, sign, el("span", {}, name), isUnread(id) ? el("span", { class: "hidden" }, ` (${t("unread")})`) : null));
  };
  const focused = document.activeElement?.dataset.channel;
  byId("channels").replaceChildren(...visibleChannels().map((channel) => item(channel.id, channel.name, icon(channel.is_for_moderators ? "lock" : "hash"))));
  byId("direct").replaceChildren(item(client.person.direct, client.setup.bot.username, avatar(client.setup.bot, "tiny")));
  // Whoever is choosing a channel by keyboard goes on from there.
  if (focused) byId("sidebar").querySelector(`[data-channel="${focused}"]`)?.focus({ preventScroll: true });
}

function drawTop() {
  const channel = client.setup.channels.find((known) => known.id === client.channel);
  const name = channel?.name ?? client.setup.bot.username;
  byId("channel-name").textContent = name;
  byId("topic").textContent = topic();
  byId("channel-icon").replaceChildren(icon(isDirect(client.channel) ? "at" : channel.is_for_moderators ? "lock" : "hash"));
  document.title = `${channel ? "#" : "@"}${name} · ${t("page-title")}`;
  byId("welcome").replaceChildren(
    el("span", { class: "welcome-icon" }, icon(channel ? "hash" : "at")),
    el("h3", {}, channel ? t("welcome", name) : name),
    el("p", {}, topic()), el("p", {}, t("try-this")));
}

function drawMessages(isWhole, changed) {
  const log = byId("log");
  const isAtEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 80;
  const focused = list().contains(document.activeElement) ? focusOf(document.activeElement) : null;
  const messages = visibleMessages();
  const isChanged = new Set(changed.map(({ entry }) => entry.id));
  const old = new Map([...list().children].map((node) => [node.dataset.id, node]));
  const nodes = messages.map((entry, at) => {
    const above = messages[at - 1];
    const known = old.get(entry.id);
    const isSame = known && !isWhole && !isChanged.has(entry.id) && drawn[drawn.indexOf(entry.id) - 1] === above?.id;
    return isSame ? known : drawMessage(entry, above, handlers);
  });
  const keep = new Set(nodes);
  [...list().children].filter((node) => !keep.has(node)).forEach((node) => node.remove());
  nodes.forEach((node, at) => { if (list().children[at] !== node) list().insertBefore(node, list().children[at] ?? null); });
  drawn = messages.map((entry) => entry.id);
  if (focused) restore(focused);
  if (isWhole || isAtEnd) log.scrollTop = log.scrollHeight;
}

const list = () => byId("list");

/** Where the focus is, so that it is there again after its message was drawn anew. */
const focusOf = (element) => ({ id: element.closest(".message").dataset.id, button: element.dataset.customId, title: element.title });

function restore({ id, button, title }) {
  const article = byId(`message-${id}`);
  if (!article) byId("write")?.focus();
  if (!article || article.contains(document.activeElement)) return;
  const buttons = [...article.querySelectorAll("button, select")];
  const same = buttons.find((each) => (button ? each.dataset.customId === button : title && each.title === title));
  (same || article).focus({ preventScroll: true });
}

function drawTyping() {
  const since = client.typing.get(client.channel) ?? 0;
  const left = since + TYPING_MS - Date.now();
  byId("typing").textContent = left > 0 ? t("typing", client.setup.bot.username) : "";
  if (left > 0) setTimeout(drawTyping, left + 50);
}

function showSidebar(isShown) {
  byId("sidebar").classList.toggle("shown", isShown);
  byId("shade").hidden = !isShown;
  byId("menu").setAttribute("aria-expanded", String(isShown));
  if (isShown) byId("sidebar").querySelector("[aria-current]")?.focus();
}

function applyTheme(theme) {
  if (theme) document.documentElement.dataset.theme = theme;
}

listen(({ isWhole, isOpened, changed, refusals }) => {
  if (isOpened) {
    drawTexts();
    drawTop();
    writeMessage();
  }
  drawChannels();
  drawMessages(isWhole, changed);
  drawTyping();
  refusals.forEach(({ request, faults }) => { byId("toast").textContent = t("discord-refuses", `${request.method} ${request.path}`, faults.join("; ")); });
  document.body.dataset.ready = client.commands.length > 0 ? "yes" : "no";
});

await connect();
client.locale = remember("locale") ?? "en-US";
client.person = client.setup.people.find((person) => person.id === remember("person")) ?? client.person;
client.channel = remember("channel") ?? client.channel;
applyTheme(remember("theme"));
byId("locale").value = client.locale;
byId("menu").append(icon("menu"));
byId("theme").append(icon("theme"));
byId("menu").addEventListener("click", () => showSidebar(!byId("sidebar").classList.contains("shown")));
byId("shade").addEventListener("click", () => showSidebar(false));
// Whoever reads the newest message goes on reading it when the keyboard of a phone opens or the window is turned.
let isFollowing = true;
byId("log").addEventListener("scroll", ({ target }) => { isFollowing = target.scrollHeight - target.scrollTop - target.clientHeight < 80; });
new ResizeObserver(() => { if (isFollowing) byId("log").scrollTop = byId("log").scrollHeight; }).observe(byId("log"));
byId("sidebar").addEventListener("keydown", (event) => {
  if (event.key === "Escape" && byId("sidebar").classList.contains("shown")) { showSidebar(false); byId("menu").focus(); }
});
byId("person").addEventListener("change", ({ target }) => { become(target.value); remember("person", target.value); });
byId("locale").addEventListener("change", ({ target }) => { client.locale = target.value; remember("locale", target.value); redraw(); });
byId("theme").addEventListener("click", () => {
  const isDark = matchMedia("(prefers-color-scheme: dark)").matches;
  const now = document.documentElement.dataset.theme ?? (isDark ? "dark" : "light");
  const next = now === "dark" ? "light" : "dark";
  applyTheme(next);
  remember("theme", next);
});
listen(() => remember("channel", client.channel));
redraw();
byId("write").focus();
follow((isEnded) => {
  byId("ended").hidden = !isEnded;
  byId("ended").textContent = isEnded ? t("ended") : "";
});
