// What the page knows: people, channels, messages, commands, and who one is. Talks to the preview's server.

const listeners = new Set();

/** The state of the page. */
export const client = {
  setup: null,
  commands: [],
  /** Messages by id: {id, message, only_for, requests}. */
  messages: new Map(),
  /** Channels with messages that the person has not seen, by person. */
  unread: new Set(),
  /** When the bot began to type, by channel. */
  typing: new Map(),
  /** Private messages that were dismissed. */
  dismissed: new Set(),
  person: null,
  channel: null,
  locale: "en-US",
  replyTo: null,
};

/** Calls `listener` with what has changed. */
export const listen = (listener) => listeners.add(listener);
const notify = (change) => listeners.forEach((listener) => listener(change));

/** A sentence of the page itself, in the language of the client. */
export function t(key, ...values) {
  const texts = client.setup.text[client.locale.startsWith("fr") ? "fr" : "en"];
  return values.reduce((text, value) => text.replace("%s", () => value), texts[key] ?? key);
}

/** Loads the people and channels and follows everything that happens. */
export async function connect() {
  client.setup = await (await fetch("setup")).json();
  client.person = client.setup.people[0];
  client.channel = client.setup.channels[0].id;
}

/** Follows what happens. The first event holds everything so far. */
export function follow(ended) {
  const source = new EventSource("events");
  let isFirst = true;
  source.onmessage = ({ data }) => {
    ended(false);
    receive(JSON.parse(data), isFirst);
    isFirst = false;
  };
  source.onerror = () => {
    isFirst = true;
    ended(true);
  };
}

function receive(changes, isFirst) {
  if (isFirst) client.messages.clear();
  if (changes.commands) client.commands = changes.commands;
  const changed = [];
  for (const entry of changes.messages) {
    const isNew = !client.messages.has(entry.id);
    if (entry.is_removed) client.messages.delete(entry.id);
    else client.messages.set(entry.id, entry);
    changed.push({ entry, isNew });
    const channel = entry.message.channel_id;
    if (entry.message.author.bot) client.typing.delete(channel);
    if (!isFirst && isNew && !isOpen(entry)) client.unread.add(unreadKey(channel, entry.only_for));
  }
  if (!isFirst) changes.typing.forEach((channel) => client.typing.set(channel, Date.now()));
  notify({ isWhole: isFirst, isOpened: false, changed, refusals: isFirst ? [] : changes.refusals });
}

function isOpen(entry) {
  return entry.message.channel_id === client.channel && (!entry.only_for || entry.only_for === client.person.id);
}

const unreadKey = (channel, person) => (person ? `${channel} ${person}` : channel);

/** Whether the person has not seen everything of a channel. */
export const isUnread = (channel) => client.unread.has(channel) || client.unread.has(unreadKey(channel, client.person.id));

/** Shows a channel to the person. */
export function open(channel) {
  client.channel = channel;
  client.replyTo = null;
  client.unread.delete(channel);
  client.unread.delete(unreadKey(channel, client.person.id));
  notify({ isWhole: true, isOpened: true, changed: [], refusals: [] });
}

/** Makes the person somebody else. */
export function become(id) {
  client.person = client.setup.people.find((person) => person.id === id);
  const stays = visibleChannels().some((channel) => channel.id === client.channel);
  open(stays ? client.channel : isDirect(client.channel) ? client.person.direct : client.setup.channels[0].id);
}

/** Draws everything again. */
export const redraw = () => open(client.channel);

/** The channels of the server that the person sees. */
export const visibleChannels = () =>
  client.setup.channels.filter((channel) => !channel.is_for_moderators || client.person.is_moderator);

export const isDirect = (channel) => client.setup.people.some((person) => person.direct === channel);

/** The messages of the open channel that the person sees, oldest first. */
export function visibleMessages() {
  const isVisible = (entry) => isOpen(entry) && !client.dismissed.has(entry.id);
  const byAge = (a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1);
  return [...client.messages.values()].filter(isVisible).sort(byAge);
}

/** Hides a private message, as Discord's "Dismiss message" does. */
export function dismiss(id) {
  client.dismissed.add(id);
  notify({ isWhole: false, isOpened: false, changed: [], refusals: [] });
}

/** Adds a notice of the client itself, which only this person sees. */
export function addNotice(text) {
  const last = visibleMessages().at(-1);
  const id = String(BigInt(last?.id ?? 0) + 1n);
  const message = { id, channel_id: client.channel, author: client.setup.bot, content: text, flags: 64, timestamp: new Date().toISOString(), embeds: [], components: [] };
  client.messages.set(id, { id, message, only_for: client.person.id, requests: [], isFailure: true });
  notify({ isWhole: false, isOpened: false, changed: [{ entry: client.messages.get(id), isNew: true }], refusals: [] });
}

/** Sends what the person does; gives the initial response to an interaction. */
export async function act(body) {
  const whole = { person: client.person.id, channel: client.channel, locale: client.locale, ...body };
  try {
    const response = await fetch("act", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(whole),
    });
    return response.ok ? await response.json() : { failed: true, problem: await response.text() };
  } catch {
    return { failed: true };
  }
}

export const COMMAND = 2;
export const COMPONENT = 3;
export const COMPLETION = 4;
export const FORM = 5;
