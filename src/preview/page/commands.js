// The registered commands as this person's client offers them, by Discord's rules: language, permissions, place.

import { client, isDirect } from "./client.js";

const SLASH = 1;
const MENU = 3;
const SUBCOMMAND = 1;
const GROUP = 2;

const localized = (item, key) => item[`${key}_localizations`]?.[client.locale.split("-")[0]] ?? item[`${key}_localizations`]?.[client.locale] ?? item[key];

/** The name of a command or option in the language of the client. */
export const nameOf = (item) => localized(item, "name");
/** The description of a command or option in the language of the client. */
export const aboutOf = (item) => localized(item, "description");

function isOffered(command) {
  const context = isDirect(client.channel) ? 1 : 0;
  if (command.contexts && !command.contexts.includes(context)) return false;
  const needed = BigInt(command.default_member_permissions ?? 0);
  return (BigInt(client.person.permissions) & needed) === needed;
}

/** Every way to call a slash command: {label, about, options, data}, where `data` wraps the options of a call. */
export function calls() {
  const found = [];
  for (const command of client.commands.filter((each) => (each.type ?? SLASH) === SLASH && isOffered(each))) {
    walk(command, [command], found);
  }
  return found;
}

function walk(item, path, found) {
  const subs = (item.options ?? []).filter((option) => option.type === SUBCOMMAND || option.type === GROUP);
  subs.forEach((sub) => walk(sub, [...path, sub], found));
  if (subs.length > 0) return;
  const [command, ...inner] = path;
  const data = (options) => ({
    name: command.name,
    type: SLASH,
    options: inner.reduceRight((nested, sub) => [{ name: sub.name, type: sub.type, options: nested }], options),
  });
  found.push({ label: path.map(nameOf).join(" "), about: aboutOf(item), options: item.options ?? [], data });
}

/** The commands of a message's menu. */
export function menuCommands() {
  return client.commands.filter((command) => command.type === MENU && isOffered(command)).map((command) => ({ name: command.name, label: nameOf(command) }));
}
