// Discord's Markdown as nodes. Only web addresses become links; whatever is not understood stays text.

import { el } from "./dom.js";
import { client } from "./client.js";

const FENCE = /```(?:([\w+#.-]+)\n)?\n?([\s\S]+?)\n?```/;

/** The nodes of a text with blocks. */
export function markdown(text) {
  const nodes = [];
  let rest = text;
  for (let match = FENCE.exec(rest); match; match = FENCE.exec(rest)) {
    nodes.push(...blocks(rest.slice(0, match.index)));
    nodes.push(el("pre", { tabindex: 0 }, el("code", {}, match[2])));
    rest = rest.slice(match.index + match[0].length);
  }
  return [...nodes, ...blocks(rest)];
}

function blocks(text) {
  const nodes = [];
  const lines = text.split("\n");
  let paragraph = [];
  const flush = () => {
    const joined = paragraph.join("\n").replace(/^\n+|\n+$/g, "");
    if (joined) nodes.push(el("p", {}, inline(joined)));
    paragraph = [];
  };
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at];
    const heading = /^(#{1,3})\s+(.+)$/.exec(line);
    const small = /^-#\s+(.+)$/.exec(line);
    if (heading) {
      flush();
      // The page has its own headings; those of a message come below them.
      nodes.push(el(`h${heading[1].length + 3}`, { class: `heading-${heading[1].length}` }, inline(heading[2])));
    } else if (small) {
      flush();
      nodes.push(el("small", {}, inline(small[1])));
    } else if (/^>>> /.test(line)) {
      flush();
      nodes.push(el("blockquote", {}, blocks([line.slice(4), ...lines.slice(at + 1)].join("\n"))));
      return nodes;
    } else if (/^> /.test(line)) {
      flush();
      const quoted = [];
      for (; at < lines.length && /^> /.test(lines[at]); at += 1) quoted.push(lines[at].slice(2));
      at -= 1;
      nodes.push(el("blockquote", {}, blocks(quoted.join("\n"))));
    } else if (ITEM.test(line)) {
      flush();
      const items = [];
      for (; at < lines.length && ITEM.test(lines[at]); at += 1) items.push(ITEM.exec(lines[at]));
      at -= 1;
      nodes.push(list(items));
    } else {
      paragraph.push(line);
    }
  }
  flush();
  return nodes;
}

const ITEM = /^(\s*)([-*]|\d+\.)\s+(.+)$/;

function list(items) {
  const isOrdered = /\d/.test(items[0][2]);
  const start = isOrdered ? Number.parseInt(items[0][2], 10) : undefined;
  const rows = items.map(([, indent, , text]) => el("li", { class: indent ? "nested" : undefined }, inline(text)));
  return el(isOrdered ? "ol" : "ul", { start }, rows);
}

/** What is recognised in a line, in this order; each gives a node, or null for plain text. */
const RULES = [
  [/\\([^\w\s])/y, ([, sign]) => sign],
  [/(`+)([\s\S]*?[^`])\1(?!`)/y, ([, , code]) => el("code", {}, code.trim())],
  [/\*\*\*([\s\S]+?)\*\*\*/y, ([, text]) => el("strong", {}, el("em", {}, inline(text)))],
  [/\*\*([\s\S]+?)\*\*(?!\*)/y, ([, text]) => el("strong", {}, inline(text))],
  [/__([\s\S]+?)__(?!_)/y, ([, text]) => el("u", {}, inline(text))],
  [/\*(?=\S)((?:[^*]|\*\*)+?)\*(?!\*)/y, ([, text]) => el("em", {}, inline(text))],
  [/\b_([^_]+?)_(?!\w)/y, ([, text]) => el("em", {}, inline(text))],
  [/~~([\s\S]+?)~~/y, ([, text]) => el("s", {}, inline(text))],
  [/\|\|([\s\S]+?)\|\|/y, ([, text]) => spoiler(text)],
  [/\[([^\]\n]+)\]\(<?(https?:\/\/[^\s)>]+)>?(?:\s+"[^"\n]*")?\)/y, ([, text, url]) => link(url, inline(text))],
  [/<(https?:\/\/[^\s>]+)>/y, ([, url]) => link(url, url)],
  [/https?:\/\/[^\s<]*[^\s<.,:;"'\])!?]/y, ([url]) => link(url, url)],
  [/<@!?(\d+)>/y, ([, id]) => mention(`@${userName(id)}`)],
  [/<#(\d+)>/y, ([, id]) => mention(`#${client.setup.channels.find((channel) => channel.id === id)?.name ?? "unknown"}`)],
  [/<\/([^:>]+):\d+>/y, ([, name]) => mention(`/${name}`)],
  [/<t:(-?\d+)(?::([tTdDfFR]))?>/y, ([, seconds, style]) => time(Number(seconds), style ?? "f")],
];

/** The nodes of a text without blocks. */
export function inline(text) {
  const nodes = [];
  let plain = "";
  for (let at = 0; at < text.length; ) {
    const found = rule(text, at);
    if (!found) {
      plain += text[at];
      at += 1;
      continue;
    }
    if (plain) nodes.push(plain);
    plain = "";
    nodes.push(found.node);
    at += found.length;
  }
  return plain ? [...nodes, plain] : nodes;
}

function rule(text, at) {
  for (const [pattern, node] of RULES) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match) return { node: node(match), length: match[0].length };
  }
  return null;
}

const userName = (id) => {
  const person = client.setup.people.find((known) => known.id === id);
  return person?.name ?? (client.setup.bot.id === id ? client.setup.bot.username : "unknown-user");
};

const mention = (text) => el("span", { class: "mention" }, text);

/** A link that opens elsewhere and takes nothing along. */
export function link(url, children) {
  return el("a", { href: url, target: "_blank", rel: "noopener noreferrer nofollow" }, children);
}

function spoiler(text) {
  const shown = el("button", { type: "button", class: "spoiler", "aria-expanded": "false" }, inline(text));
  shown.addEventListener("click", () => shown.setAttribute("aria-expanded", "true"));
  return shown;
}

function time(seconds, style) {
  const date = new Date(seconds * 1000);
  const styles = {
    t: { timeStyle: "short" },
    T: { timeStyle: "medium" },
    d: { dateStyle: "short" },
    D: { dateStyle: "long" },
    f: { dateStyle: "long", timeStyle: "short" },
    F: { dateStyle: "full", timeStyle: "short" },
  };
  const text = style === "R" ? relative(date) : new Intl.DateTimeFormat(client.locale, styles[style]).format(date);
  return el("time", { datetime: date.toISOString(), class: "mention plain" }, text);
}

function relative(date) {
  const seconds = Math.round((date - Date.now()) / 1000);
  const units = [["year", 31_536_000], ["month", 2_592_000], ["day", 86_400], ["hour", 3600], ["minute", 60], ["second", 1]];
  const [unit, length] = units.find(([, size]) => Math.abs(seconds) >= size) ?? units.at(-1);
  return new Intl.RelativeTimeFormat(client.locale, { numeric: "auto" }).format(Math.round(seconds / length), unit);
}
