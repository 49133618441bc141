// From what the API says to elements: every text goes in as text, links only to http(s).
const OWN_PATH = /^[a-z0-9-]+(?:\/[a-zA-Z0-9-]+)*(?:\.ics)?$/; // a path of the service, from its root

/** Make an element: properties, attributes (a name with "-" or in ATTRIBUTES), children; strings become text. */
const ATTRIBUTES = new Set(["role", "for", "lang", "scope", "tabindex"]);
function make(tag, options = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(options)) {
    if (name.includes("-") || ATTRIBUTES.has(name)) node.setAttribute(name, value);
    else node[name] = value;
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** Keep French punctuation with its word, a number whole, and no line break inside « ». */
const tidy = (text) => text.replace(/ (?=[?!:;»%€])|(?<=\d) (?=\d{3}(?!\d))|(?<=n°) |(?<=\b[LRD]\.) (?=\d)|(?<=€) (?=HT\b|TTC\b)|(?<=\b1er|\d) (?=(?:janv|f[ée]v|mars|avr|mai|jui|ao[ûu]t|sept|oct|nov|d[ée]c))/g, "\u00a0").replace(/« /g, "«\u00a0");

function frenchDate(iso) {
  const [year, month, day] = String(iso).split("-").map(Number);
  if (!year) return String(iso);
  const options = { year: "numeric", ...(month && { month: "long" }), ...(day && { day: "numeric" }), timeZone: "UTC" };
  return new Intl.DateTimeFormat("fr-FR", options).format(new Date(Date.UTC(year, (month || 1) - 1, day || 1))).replace(/^1 /, "1er ");
}

function dated(source) {
  const parts = source.published ? [frenchDate(source.published)] : [];
  if (source.updated && source.updated !== source.published) parts.push(TEXTS.updated + frenchDate(source.updated));
  return parts.join(", ") || source.date_note || TEXTS.undated;
}

function webAddress(url) {
  try {
    const parsed = new URL(url);
    return ["http:", "https:"].includes(parsed.protocol) ? parsed.href : null;
  } catch {
    return null;
  }
}

const newTab = (href, text, className = "") =>
  make("a", { className, href, target: "_blank", rel: "noopener noreferrer" }, text, make("span", { className: "unseen", textContent: ` ${TEXTS.newWindow}` }));

/** An inline text: **bold**, [n] as a button that opens source n, on the line of its word, an address as a link. */
function inline(text, opens) {
  const parts = tidy(text).split(/(\s*\[\d{1,3}\]|\*\*\S(?:.*?\S)?\*\*|(?<![\w.@/:-])(?:https:\/\/)?(?:[a-z0-9-]+\.)+(?:fr|eu|org|com)(?![\w@-])(?:\/(?:[\w./?=%~+-]*[\w/=])?)?)/).map((part, place) => {
    const mark = /^\s*\[(\d+)\]$/.exec(part);
    const source = mark && opens && opens(Number(mark[1]));
    if (source) return source;
    if (place % 2 && !mark && !part.startsWith("**")) return make("a", { href: `https://${part.replace(/^https:\/\//, "")}`, target: "_blank", rel: "noopener noreferrer" }, part);
    return part.startsWith("**") && part.length > 4 ? make("strong", {}, part.slice(2, -2)) : part;
  });
  const placed = [];
  for (const part of parts.filter(Boolean)) {
    const before = placed.at(-1);
    if (part.className !== "mark") placed.push(part);
    else if (before?.className === "hold") before.append(part);
    else {
      const word = typeof before === "string" ? /\S{0,30}$/.exec(before)[0] : "";
      if (word) placed[placed.length - 1] = before.slice(0, -word.length);
      placed.push(make("span", { className: "hold" }, word, part));
    }
  }
  return placed;
}

/** What a line says, without the mark of a list; and as it is read aloud. */
const LISTED = new Set(["item", "reason", "condition"]);
const body = (line) => (LISTED.has(line.kind) ? line.text.slice(2) : line.text);
const spoken = (line) => (line.cells.length ? line.cells.filter(Boolean).join(", ") : body(line)).replace(/\s*\[\d+\]/g, "");

/** Paragraphs, lists and tables of an answer; where there is no room for a table, its rows one under the other. */
function blocks(lines, opens, isWide) {
  const groups = [];
  for (const line of lines) {
    const tag = LISTED.has(line.kind) ? "ul" : line.cells.length ? "table" : "p";
    if (tag === "p" || groups.at(-1)?.tag !== tag) groups.push({ tag, lines: [] });
    groups.at(-1).lines.push(line);
  }
  return groups.map(({ tag, lines }) => {
    if (tag === "p") return make("p", {}, ...inline(lines[0].text, opens));
    if (tag === "ul") return make("ul", {}, ...lines.map((line) => make("li", {}, ...inline(body(line), opens))));
    const [heads, ...rows] = lines.map((line) => line.cells);
    if (!isWide) {
      const pairs = (cells) => cells.slice(1).flatMap((cell, place) => [make("dt", {}, tidy(heads[place + 1] || "")), make("dd", {}, ...inline(cell, opens))]);
      return make("div", {}, ...rows.flatMap((cells) => [make("p", { className: "kind" }, ...inline(cells[0], opens)), make("dl", {}, ...pairs(cells))]));
    }
    const row = (cells, top) =>
      make("tr", {}, ...cells.map((cell, place) =>
        top && !cell ? make("td") : make(top || !place ? "th" : "td", top || !place ? { scope: top ? "col" : "row" } : {}, ...inline(cell, opens))));
    const table = make("table", {}, make("thead", {}, row(heads, true)), make("tbody", {}, ...rows.map((cells) => row(cells, false))));
    return make("div", { className: "scroll", tabindex: "0", role: "region", "aria-label": TEXTS.table }, table);
  });
}

/** Where a citation stands: « 1. CVCB, Montants, p. 3 » without its number. */
const whereOf = (citation) => tidy([citation.scheme_name, citation.section, citation.page && `p.\u00a0${citation.page}`].filter(Boolean).join(", "));
const isOurs = (citation) => Boolean(citation.scheme_id);
const originOf = (source) => [source.publisher, dated(source)].filter(Boolean).join(" · ");

/** A whole turn as elements to be copied or printed: no button, every address written in full. */
function sheet(turn) {
  const { reply } = turn;
  const place = turn.commune ? make("p", {}, `${TEXTS.placeIs}${turn.commune.label}`) : null;
  const cited = reply.citations.map((citation) =>
    make("li", { value: citation.n }, `${whereOf(citation)} : «\u00a0${citation.quote}\u00a0» ${isOurs(citation) ? TEXTS.ours : TEXTS.theirs}`,
      make("ul", {}, ...citation.sources.map((source) => {
        const url = webAddress(source.url);
        return make("li", {}, [source.title, originOf(source)].join(", "), url && ", ", url && make("a", { href: url }, url));
      }))));
  const leads = (reply.links || []).filter(({ url }) => webAddress(url)).map(({ text, url }) => make("li", {}, `${text} : `, make("a", { href: url }, url)));
  return make("div", { lang: "fr" }, make("h2", {}, tidy(turn.question)), place, ...blocks(reply.lines, null, true),
    leads.length > 0 && make("ul", {}, ...leads),
    cited.length > 0 && make("h3", {}, TEXTS.sources), cited.length > 0 && make("ol", {}, ...cited),
    make("p", {}, `${new Intl.DateTimeFormat("fr-FR", { dateStyle: "long" }).format(new Date())}. ${TEXTS.caution}`));
}

/** The same as plain text: a line each, without any mark of Markdown. */
function plain(node) {
  const said = (element) => element.textContent.replace(/[ \n\t]+/g, " ").trim();
  const told = (element, lead = "") => {
    if (element.tagName === "OL" || element.tagName === "UL") return [...element.children].flatMap((item) => told(item, element.tagName === "OL" ? `[${item.value}] ` : `${lead.replace(/\S.*/, "  ")}– `));
    if (element.tagName === "LI") {
      const inner = [...element.children].filter((child) => child.tagName === "UL");
      const own = make("span", {}, ...[...element.childNodes].filter((child) => !inner.includes(child)).map((child) => child.cloneNode(true)));
      return [lead + said(own), ...inner.flatMap((list) => told(list, "  "))];
    }
    if (element.querySelector("tr")) return [...element.querySelectorAll("tr")].map((row) => [...row.children].map(said).filter(Boolean).join(" | "));
    return [said(element)];
  };
  return `${[...node.children].flatMap((child) => told(child)).join("\n")}\n`;
}

/** White or black, whichever is easier to read on a colour #rrggbb (WCAG relative luminance). */
function inkOn(colour) {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const share = parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? "#000" : "#fff";
}
