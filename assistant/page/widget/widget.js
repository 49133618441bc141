// The assistant as a web component: <assistant-dispositifs api accent commune mode>. No dependency, no cookie;
// the conversation lives in sessionStorage. Every text from the API goes in as text, links only to http(s).

const TEXTS = {
  title: "Assistant des aides aux communes",
  open: "Une question sur les aides ?",
  close: "Fermer",
  erase: "Effacer",
  clear: "Effacer la conversation",
  hint: "Une aide existe-t-elle, y avons-nous droit, combien, jusqu’à quand ? Posez votre question : chaque réponse cite ses sources datées.",
  examples: "Exemples de questions",
  starters: [
    "Notre commune peut-elle demander l’aide au dernier commerce ?",
    "Quelles communes ont reçu le CVCB en juillet 2023 ?",
    "Comment monter une boutique à l’essai ?",
  ],
  log: "Conversation",
  table: "Comparaison",
  label: "Votre question",
  send: "Envoyer",
  near: "{count} caractères sur {most}.",
  long: "Votre texte compte {count} caractères, {most} au plus peuvent être envoyés : raccourcissez-le. Rien n’a été coupé.",
  busy: "Une réponse est en cours : votre texte est gardé, envoyez-le dès qu’elle est finie.",
  stop: "Arrêter",
  asked: "Vous : ",
  searching: "Recherche en cours…",
  stopped: "Réponse arrêtée.",
  retry: "Réessayer",
  lost: "La réponse n’est pas arrivée : la connexion a été coupée. Vérifiez-la, puis réessayez.",
  refused: "L’assistant n’a pas pu répondre. Réessayez dans un moment.",
  unanswerable: "Information non trouvée",
  out_of_scope: "Hors du sujet de l’assistant",
  clarification: "Une précision, s’il vous plaît",
  sources: "Sources",
  source: "Source",
  newWindow: "(nouvelle fenêtre)",
  undated: "sans date",
  updated: "mis à jour le ",
  verdicts: "Éligibilité, d’après les règles connues",
  eligible: "semble éligible",
  not_eligible: "ne semble pas éligible",
  undetermined: "à préciser",
  call: { open: "Appel ouvert", closed: "Appel clos", unknown: "Ouverture actuelle non vérifiée" },
  change: "Ce qui changerait le résultat",
  met: "rempli",
  not_met: "non rempli",
  unknown: "à vérifier",
  choose: "Choisissez une réponse",
  next: "Pour continuer",
  copy: "Copier",
  copied: "Réponse copiée avec ses sources.",
  notCopied: "La copie est refusée par ce navigateur : sélectionnez le texte.",
  print: "Imprimer",
  note: "Note pour le conseil",
  wholeNote: "Note de toute la conversation",
  useful: "Cette réponse vous a-t-elle été utile ?",
  yes: "Oui",
  no: "Non",
  why: "Pourquoi ?",
  report: "Envoyer l’avis",
  thanks: "Merci pour votre avis.",
  notSent: "L’avis n’a pas pu être envoyé. Réessayez dans un moment.",
  reasons: {
    wrong: "La réponse est fausse",
    incomplete: "La réponse est incomplète",
    unclear: "La réponse n’est pas claire",
    outdated: "La règle n’est plus à jour",
    off_topic: "Ce n’était pas ma question",
  },
  caution: "Réponses tirées de documents publics, à faire confirmer par le service instructeur. Ne donnez pas de données personnelles.",
};

const STYLES = `
:host { --accent: var(--assistant-accent, #0b5563); --on-accent: #fff; --ground: #f6f4ee; --paper: #fff; --ink: #1c2430; --soft: #535c6c;
  --line: #8d8878; --link: #0b5563; --wash: #e6f0f0; --focus: #8a5200; --bad: #a3201d;
  font-family: var(--assistant-font, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif); font-size: 1rem; line-height: 1.5; color: var(--ink); color-scheme: light; }
@media (prefers-color-scheme: dark) { :host { --ground: #10161d; --paper: #19212b; --ink: #e9e6dd; --soft: #b4bcc8; --line: #7c8794; --link: #8fd6e0; --wash: #17323a; --focus: #e0ae4a; --bad: #ff9d94; color-scheme: dark; } }
* { box-sizing: border-box; }
[hidden] { display: none !important; }
button, textarea { font: inherit; color: inherit; }
button, .button { cursor: pointer; min-height: 2.75rem; border: 1px solid var(--line); border-radius: .4rem; background: var(--paper); padding: .25rem .7rem; text-align: left; }
button.main, .launcher { background: var(--accent); color: var(--on-accent); border-color: var(--accent); }
.button { color: inherit; text-decoration: none; }
button:hover, .button:hover { text-decoration: underline; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
.launcher { position: fixed; right: 1rem; bottom: 1rem; z-index: 2147483000; min-height: 3rem; padding: .6rem 1.1rem; border-radius: 1.5rem; font-weight: 600; box-shadow: 0 2px 10px rgb(0 0 0 / 30%); }
dialog:not([open]) { display: none !important; }
.panel { display: flex; flex-direction: column; margin: 0; padding: 0; max-width: none; max-height: none; color: inherit; background: var(--ground); border: 1px solid var(--line); border-radius: .6rem; overflow: hidden; }
.floating { position: fixed; inset: auto 1rem 1rem auto; z-index: 2147483001; width: min(27rem, calc(100vw - 2rem)); height: min(42rem, calc(100vh - 2rem)); box-shadow: 0 6px 30px rgb(0 0 0 / 30%); }
.inline { min-height: 24rem; max-height: 46rem; }
@media (max-width: 30rem) { .floating { inset: 0; width: auto; height: auto; border: 0; border-radius: 0; } }
.head { display: flex; flex-wrap: wrap; gap: .4rem; align-items: center; padding: .6rem .8rem; background: var(--accent); color: var(--on-accent); }
.head h2 { flex: 1 1 10rem; margin: 0; font-size: 1.05rem; line-height: 1.25; }
.head button { background: transparent; border-color: currentColor; font-size: .9rem; }
.log { flex: 1; overflow-y: auto; padding: .8rem; overflow-wrap: anywhere; }
.hint { color: var(--soft); }
.turn { margin: 0 0 1.4rem; }
.turn h3 { white-space: pre-line; margin: 0 0 .5rem; padding: .4rem .7rem; font-size: 1rem; font-weight: 600; background: var(--wash); border-radius: .4rem; }
.kind { font-weight: 600; color: var(--soft); margin: 0 0 .3rem; }
.answer p { margin: 0 0 .5rem; } .answer ul { margin: 0 0 .5rem; padding-left: 1.2rem; }
table { width: 100%; border-collapse: collapse; margin: 0 0 .6rem; font-size: .95rem; }
th, td { border: 1px solid var(--line); padding: .3rem .4rem; text-align: left; vertical-align: top; }
.scroll { overflow-x: auto; }
dl { margin: 0 0 .8rem; padding-left: .7rem; border-left: 3px solid var(--line); } dt { font-weight: 600; } dd { margin: 0 0 .4rem; }
.mark { min-height: 1.5rem; min-width: 1.5rem; padding: 0 .3rem; margin: 0 .1rem; font-size: .8rem; line-height: 1.4; text-align: center; color: var(--link); }
h4 { margin: .8rem 0 .3rem; font-size: .95rem; }
details { border: 1px solid var(--line); border-radius: .4rem; background: var(--paper); margin: 0 0 .4rem; padding: 0 .6rem; }
summary { cursor: pointer; padding: .65rem 0; }
blockquote { margin: .4rem 0; padding-left: .7rem; border-left: 3px solid var(--line); }
details ul { margin: .3rem 0; padding-left: 1.1rem; } .facts { color: var(--soft); font-size: .9rem; }
a { color: var(--link); }
.row { display: flex; flex-wrap: wrap; gap: .4rem; margin: .6rem 0; align-items: center; }
.list button { flex: 1 1 100%; } .pair { display: inline-flex; gap: .4rem; } .hold { white-space: nowrap; }
fieldset { border: 1px solid var(--line); border-radius: .4rem; margin: .4rem 0; }
fieldset label { display: block; padding: .2rem 0; }
.error { color: var(--bad); font-weight: 600; }
form.ask { display: flex; flex-wrap: wrap; gap: .5rem .8rem; align-items: flex-end; padding: .6rem .8rem; border-top: 1px solid var(--line); background: var(--paper); }
form.ask label { flex: 1 1 10rem; font-size: .9rem; font-weight: 600; }
textarea { display: block; width: 100%; margin-top: .2rem; padding: .4rem; border: 1px solid var(--line); border-radius: .4rem; background: var(--paper); resize: vertical; font-weight: 400; font-size: max(16px, 1rem); }
.note { flex-basis: 100%; margin: 0; font-size: .9rem; color: var(--soft); } .note:empty { margin-top: -.5rem; } [aria-invalid=true] { border-color: var(--bad); } .long { color: var(--bad); }
.caution { margin: 0; padding: 0 .8rem .6rem; font-size: .8rem; color: var(--soft); background: var(--paper); }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media print { .launcher, .floating { display: none; } }
`;

const PRINTED = "body { font: 11pt/1.5 Georgia, serif; margin: 2cm; } pre { white-space: pre-wrap; font: inherit; }";
const SAVED_TURNS = 20;
const SENT_TURNS = 12;
const MOST_SAID = 15_000; // characters of the visitor, all turns together: a little less than the server takes
const LONGEST_LINK = 6000; // characters of an address
const LONGEST = 4000; // characters of a question
const NEAR = 0.9; // share of the longest from which the count shows
const MOST_DRAFT = 100000; // characters
const PHONE = "(max-width: 30rem)";
const OWN_PATH = /^[a-z0-9-]+(?:\/[a-zA-Z0-9-]+)*(?:\.ics)?$/; // a path of the service, from its root
const NEAR_END = 160; // pixels
const WIDE = 640; // pixels from which a comparison is a table

/** Make an element: properties, attributes (a name with "-" or in ATTRIBUTES), children; strings become text. */
const ATTRIBUTES = new Set(["role", "for", "lang", "scope", "tabindex"]);
function make(tag, options = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(options)) {
    if (name.includes("-") || ATTRIBUTES.has(name)) node.setAttribute(name, value);
    else node[name] = value;
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
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

/** The events of a text/event-stream, as they come: [name, data]. */
async function* eventsOf(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    rest += (value || "").replace(/\r/g, "");
    for (let end = rest.indexOf("\n\n"); end >= 0; end = rest.indexOf("\n\n")) {
      const fields = rest.slice(0, end).split("\n").map((line) => /^(\w+): ?(.*)$/.exec(line));
      rest = rest.slice(end + 2);
      const of = (name) => fields.filter((field) => field && field[1] === name).map((field) => field[2]).join("\n");
      if (of("data")) yield [of("event"), JSON.parse(of("data"))];
    }
    if (done) return;
  }
}

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

function plain(turn) {
  const cited = turn.reply.citations.map((citation) => {
    const of = citation.sources.map((source) => [source.title, source.publisher, dated(source), source.url].filter(Boolean).join(", "));
    return `[${citation.n}] ${citation.scheme_name || ""}, ${citation.section}${citation.page ? `, p.\u00a0${citation.page}` : ""} : « ${citation.quote} »\n${of.map((line) => `    ${line}`).join("\n")}`;
  });
  return `${turn.question}\n\n${turn.reply.answer}${cited.length ? `\n\n${TEXTS.sources}\n${cited.join("\n")}` : ""}\n`;
}

function dated(source) {
  const parts = source.published ? [frenchDate(source.published)] : [];
  if (source.updated && source.updated !== source.published) parts.push(TEXTS.updated + frenchDate(source.updated));
  return parts.join(", ") || source.date_note || TEXTS.undated;
}

/** White or black, whichever is easier to read on a colour #rrggbb (WCAG relative luminance). */
function inkOn(colour) {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const share = parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? "#000" : "#fff";
}

class AssistantDispositifs extends HTMLElement {
  connectedCallback() {
    if (this.shadowRoot) return;
    const root = this.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    const accent = this.getAttribute("accent") || "";
    sheet.replaceSync(STYLES + (/^#[0-9a-f]{6}$/i.test(accent) ? `:host { --accent: ${accent}; --on-accent: ${inkOn(accent)}; }` : ""));
    root.adoptedStyleSheets = [sheet];
    this.api = (this.getAttribute("api") || new URL(".", import.meta.url).href).replace(/\/+$/, "");
    this.isInline = this.getAttribute("mode") === "inline";
    this.turns = this.saved();
    root.append(make("div", { lang: "fr" }, ...this.frame()));
    try {
      this.turns.forEach((turn) => this.show(turn));
    } catch {
      this.turns = []; // not what this version keeps
      this.log.replaceChildren();
    }
    this.showHint();
    this.field.value = this.remembered("draft");
    this.look();
  }

  frame() {
    const close = make("button", { type: "button", textContent: TEXTS.close, onclick: () => this.toggle(false), hidden: this.isInline });
    const clear = make("button", { type: "button", textContent: TEXTS.erase, "aria-label": TEXTS.clear, onclick: () => this.clear() });
    const title = make("h2", { id: "title", textContent: TEXTS.title });
    this.log = make("div", { className: "log", role: "log", "aria-live": "off", "aria-label": TEXTS.log, tabindex: "0" });
    this.voice = make("div", { className: "unseen", role: "status", "aria-live": "polite" });
    this.field = make("textarea", { rows: 2, oninput: () => this.look(), "aria-describedby": "note" });
    this.note = make("p", { className: "note", id: "note", role: "status" });
    this.field.addEventListener("keydown", (event) => {
      // 229: a key that an input method takes for itself, where isComposing comes too late
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229) {
        event.preventDefault();
        this.submit();
      }
    });
    this.button = make("button", { className: "main", type: "submit", textContent: TEXTS.send });
    const form = make("form", { className: "ask" }, make("label", {}, TEXTS.label, this.field), this.button, this.note);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.running) this.running.abort();
      else this.submit();
    });
    this.panel = make(
      this.isInline ? "section" : "dialog",
      { className: `panel ${this.isInline ? "inline" : "floating"}`, id: "panel", "aria-labelledby": "title" },
      make("div", { className: "head" }, title, clear, close), this.log, form, make("p", { className: "caution", textContent: TEXTS.caution }), this.voice,
    );
    if (this.isInline) return [this.panel];
    this.panel.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      this.toggle(false);
    });
    this.launcher = make("button", {
      className: "launcher", type: "button", textContent: tidy(TEXTS.open), "aria-expanded": "false", "aria-controls": "panel", onclick: () => this.toggle(true),
    });
    return [this.launcher, this.panel];
  }

  disconnectedCallback() {
    if (this.running) this.running.abort();
  }

  /** Open or close; where the panel covers the whole page, the page behind can't be reached meanwhile. */
  toggle(isOpen) {
    if (!isOpen) this.panel.close();
    else if (matchMedia(PHONE).matches) this.panel.showModal();
    else this.panel.show();
    this.launcher.hidden = isOpen;
    this.launcher.setAttribute("aria-expanded", String(isOpen));
    (isOpen ? this.field : this.launcher).focus();
  }

  get isWide() {
    return this.panel.clientWidth >= WIDE;
  }

  remembered(name) {
    try {
      return sessionStorage.getItem(this.key(name)) || "";
    } catch {
      return "";
    }
  }

  remember(name, text) {
    try {
      if (text) sessionStorage.setItem(this.key(name), text);
      else sessionStorage.removeItem(this.key(name));
    } catch {
      // storage refused or full: the conversation goes with the page
    }
  }

  key(name) {
    return `assistant-dispositifs ${this.api} 1 ${name}`;
  }

  saved() {
    try {
      const turns = JSON.parse(this.remembered("turns"));
      return Array.isArray(turns) ? turns.filter((turn) => turn && turn.reply && typeof turn.question === "string") : [];
    } catch {
      return [];
    }
  }

  save() {
    this.remember("turns", this.turns.length ? JSON.stringify(this.turns.slice(-SAVED_TURNS)) : "");
  }

  /** Say how long the text is when it matters, and keep it, after the question that has no answer yet. */
  look() {
    const count = [...this.field.value.trim()].length;
    const isLong = count > LONGEST;
    const told = isLong ? TEXTS.long : count >= LONGEST * NEAR ? TEXTS.near : "";
    const figure = (number) => number.toLocaleString("fr-FR");
    this.note.textContent = tidy(told.replace("{count}", figure(count)).replace("{most}", figure(LONGEST)));
    this.note.classList.toggle("long", isLong);
    this.field.setAttribute("aria-invalid", String(isLong));
    const draft = [this.unanswered, this.field.value].filter(Boolean).join("\n");
    this.remember("draft", draft.length > MOST_DRAFT ? "" : draft);
    return !isLong;
  }

  clear() {
    if (this.running) this.running.abort();
    this.turns = [];
    this.save();
    this.unanswered = "";
    this.look();
    this.log.replaceChildren();
    this.showHint();
    this.field.focus();
  }

  showHint() {
    if (this.turns.length) return;
    const hint = make("p", { className: "hint", textContent: tidy(TEXTS.hint) });
    this.log.append(make("div", { className: "start" }, hint, ...this.buttons(TEXTS.examples, TEXTS.starters)));
  }

  submit() {
    const question = this.field.value.trim();
    if (!question || !this.look()) return;
    if (!this.running) this.field.value = "";
    this.ask(question);
  }

  /** Ask a question: stream the answer in, then show it whole; what fails can be tried again. */
  async ask(question) {
    if (this.running) {
      this.note.textContent = tidy(TEXTS.busy);
      return;
    }
    this.unanswered = question;
    this.look();
    this.log.querySelector(".start")?.remove();
    const answer = make("div", { className: "answer" }, make("p", { className: "hint", textContent: TEXTS.searching }));
    const article = this.article(question, answer);
    this.running = new AbortController();
    this.button.textContent = TEXTS.stop;
    this.say(TEXTS.searching);
    try {
      const reply = await this.stream(question, answer);
      article.remove();
      this.unanswered = "";
      this.turns.push({ question, reply });
      this.save();
      this.show(this.turns.at(-1));
    } catch (error) {
      this.failed(question, article, answer, error);
    } finally {
      this.running = null;
      this.button.textContent = TEXTS.send;
      this.look();
    }
  }

  async stream(question, answer) {
    const sent = this.turns.slice(-SENT_TURNS);
    const said = () => sent.reduce((chars, turn) => chars + turn.question.length, question.length);
    while (sent.length && said() > MOST_SAID) sent.shift();
    const messages = sent.flatMap((turn) => [
      { role: "user", content: turn.question },
      { role: "assistant", content: turn.reply.answer, asked: turn.reply.asked ?? null, schemes: turn.reply.schemes ?? null },
    ]);
    const response = await fetch(`${this.api}/api/chat`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ messages: [...messages, { role: "user", content: question }], commune: this.getAttribute("commune") || null, stream: true }),
      signal: this.running.signal,
      credentials: "omit",
    });
    if (!response.ok) throw { detail: (await response.json().catch(() => ({}))).detail || TEXTS.refused };
    const lines = [];
    for await (const [name, data] of eventsOf(response.body)) {
      if (name === "delta") {
        if (!data.line) continue;
        lines.push(data.line);
        answer.replaceChildren(...blocks(lines, null, this.isWide));
        this.follow();
        this.say(spoken(data.line));
      } else if (name === "error") {
        throw { detail: data.detail || TEXTS.refused };
      } else if (name === "done") {
        return data;
      }
    }
    throw { detail: TEXTS.lost };
  }

  say(text) {
    const said = tidy(text.replace(/\*\*/g, "").trim());
    if (said) this.voice.append(make("p", {}, said));
    while (this.voice.childElementCount > 12) this.voice.firstElementChild.remove();
  }

  failed(question, article, answer, error) {
    const isStopped = error && error.name === "AbortError";
    const told = isStopped ? TEXTS.stopped : (error && error.detail) || TEXTS.lost;
    const retry = make("button", { type: "button", textContent: TEXTS.retry, onclick: () => { article.remove(); this.field.focus(); this.ask(question); } });
    answer.querySelector(".hint")?.remove();
    article.append(make("p", { className: isStopped ? "kind" : "error", textContent: told }), retry);
    this.say(told);
    if (!isStopped) retry.focus();
    this.follow();
  }

  /** Keep the end in view, unless the reader has gone up. */
  follow() {
    const left = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight;
    if (left < NEAR_END) this.log.scrollTop = this.log.scrollHeight;
  }

  article(question, ...children) {
    const title = make("h3", {}, make("span", { className: "unseen", textContent: TEXTS.asked }), tidy(question));
    const article = make("article", { className: "turn" }, title, ...children);
    this.log.append(article);
    this.log.scrollTop = this.log.scrollHeight;
    return article;
  }

  /** A whole turn: kind of reply, answer, verdicts, sources, what to go on with, tools. */
  show(turn) {
    const { reply } = turn;
    const sources = new Map(reply.citations.map((citation) => [citation.n, this.source(citation)]));
    const opens = (n) => sources.has(n) && make("button", {
      className: "mark", type: "button", textContent: String(n), "aria-label": `${TEXTS.source} ${n}`,
      onclick: () => { sources.get(n).open = true; sources.get(n).querySelector("summary").focus(); },
    });
    const parts = [
      TEXTS[reply.status] && make("p", { className: "kind", textContent: TEXTS[reply.status] }),
      make("div", { className: "answer" }, ...blocks(reply.lines, opens, this.isWide), ...this.links(reply.links || [])),
      ...this.buttons(TEXTS.choose, reply.choices),
      ...this.verdicts(reply),
      ...(sources.size ? [make("h4", { textContent: TEXTS.sources }), ...sources.values()] : []),
      ...this.buttons(TEXTS.next, reply.follow_ups),
      this.tools(turn),
      this.feedback(reply),
    ];
    const article = this.article(turn.question, ...parts.filter(Boolean));
    this.log.scrollTop = article.offsetTop - this.log.offsetTop - 8;
  }

  /** The pages that an answer leads to: of the web, or of the service itself; each in a tab of its own. */
  links(leads) {
    const shown = leads.map(({ text, url }) => ({ text, href: OWN_PATH.test(url) ? `${this.api}/${url}` : webAddress(url) })).filter(({ href }) => href);
    return shown.length ? [make("ul", {}, ...shown.map(({ text, href }) => make("li", {}, newTab(href, tidy(text)))))] : [];
  }

  source(citation) {
    const listed = citation.sources.map((source) => {
      const url = webAddress(source.url);
      const title = url ? newTab(url, source.title) : source.title;
      return make("li", {}, title, make("div", { className: "facts", textContent: [source.publisher, dated(source)].filter(Boolean).join(" · ") }));
    });
    const name = [citation.scheme_name, citation.section, citation.page && `p.\u00a0${citation.page}`].filter(Boolean).join(", ");
    return make("details", {}, make("summary", {}, `${citation.n}. ${tidy(name)}`), make("blockquote", {}, tidy(citation.quote)), make("ul", {}, ...listed));
  }

  verdicts(reply) {
    if (!reply.eligibility.length) return [];
    const names = new Map(reply.citations.map((citation) => [citation.scheme_id, citation.scheme_name]));
    const shown = reply.eligibility.map((item) => {
      const criteria = item.criteria.map((one) => make("li", {}, make("strong", {}, tidy(`${TEXTS[one.verdict]} : `)), tidy(`${one.label}. ${one.because}`)));
      const { state, as_of, note } = item.availability;
      const call = make("p", {}, tidy(`${TEXTS.call[state]} (${frenchDate(as_of)})${note ? ` : ${note}` : ""}`));
      const turns = item.would_change.map((one) => make("li", {}, tidy(one.text)));
      return make("details", {}, make("summary", {}, tidy(`${names.get(item.scheme_id) || item.scheme_id} : ${TEXTS[item.verdict]}`)), call, make("ul", {}, ...criteria),
        ...(turns.length ? [make("p", { className: "kind", textContent: TEXTS.change }), make("ul", {}, ...turns)] : []));
    });
    return [make("h4", { textContent: TEXTS.verdicts }), ...shown];
  }

  buttons(title, texts) {
    if (!texts.length) return [];
    const row = texts.map((text) => make("button", { type: "button", textContent: tidy(text), onclick: () => { this.field.focus(); this.ask(text); } }));
    return [make("div", { className: title === TEXTS.choose ? "row" : "row list", role: "group", "aria-label": title }, ...row)];
  }

  tools(turn) {
    const copy = async () => {
      try {
        await navigator.clipboard.writeText(plain(turn));
        told.textContent = TEXTS.copied;
      } catch {
        told.textContent = TEXTS.notCopied;
      }
    };
    const told = make("span", { role: "status" });
    return make("div", { className: "row" },
      make("button", { type: "button", textContent: TEXTS.copy, onclick: copy }),
      make("button", { type: "button", textContent: TEXTS.print, onclick: () => this.print(turn) }),
      this.noteLink(TEXTS.note, turn, true), ...(this.turns.indexOf(turn) > 0 ? [this.noteLink(TEXTS.wholeNote, turn, false)] : []), told);
  }

  /** A note of an answer, or of all down to it: a link, which no policy of the host page forbids as it may a
   * form. The server answers the questions again; the oldest are left out of an address too long. */
  noteLink(title, turn, isAlone) {
    const commune = this.getAttribute("commune") || undefined;
    const asked = this.turns.slice(0, this.turns.indexOf(turn) + 1).map(({ question }) => ({ question, commune }));
    const href = () => `${this.api}/note?${new URLSearchParams({ questions: JSON.stringify({ turns: asked }), ...(isAlone && { reponse: asked.length }) })}`;
    while (asked.length > 1 && (asked.length > SAVED_TURNS || href().length > LONGEST_LINK)) asked.shift();
    return newTab(href(), title, "button");
  }

  /** Print one turn from a frame of its own: the page around it stays out. */
  print(turn) {
    const frame = make("iframe", { className: "unseen", title: TEXTS.print, tabindex: "-1", "aria-hidden": "true" });
    this.shadowRoot.append(frame);
    const page = frame.contentDocument;
    page.documentElement.lang = "fr";
    page.title = TEXTS.title;
    const sheet = new frame.contentWindow.CSSStyleSheet();
    sheet.replaceSync(PRINTED);
    page.adoptedStyleSheets = [sheet];
    const text = page.createElement("pre");
    text.textContent = `${plain(turn)}\n${TEXTS.caution}`;
    page.body.append(text);
    frame.contentWindow.addEventListener("afterprint", () => frame.remove());
    frame.contentWindow.print();
  }

  feedback(reply) {
    const told = make("p", { role: "status", tabindex: "-1" });
    const lock = (isLocked) => block.querySelectorAll("button").forEach((button) => { button.disabled = isLocked; });
    const send = async (rating, reasons) => {
      const pressed = this.shadowRoot.activeElement;
      lock(true);
      const body = { rating, reasons, status: reply.status, schemes: reply.schemes };
      const response = await fetch(`${this.api}/api/feedback`, {
        method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body), credentials: "omit",
      }).catch(() => null);
      told.textContent = response && response.ok ? TEXTS.thanks : TEXTS.notSent;
      if (response && response.ok) { row.hidden = true; form.hidden = true; told.focus(); return; }
      lock(false);
      pressed?.focus();
    };
    const boxes = Object.entries(TEXTS.reasons).map(([value, text]) => make("label", {}, make("input", { type: "checkbox", value }), ` ${text}`));
    const form = make("form", { hidden: true }, make("fieldset", {}, make("legend", {}, TEXTS.why), ...boxes), make("button", { type: "submit", textContent: TEXTS.report }));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      send("not_useful", [...form.querySelectorAll(":checked")].map((box) => box.value));
    });
    const row = make("div", { className: "row", role: "group", "aria-label": TEXTS.useful },
      make("span", {}, tidy(TEXTS.useful)),
      make("span", { className: "pair" },
        make("button", { type: "button", textContent: TEXTS.yes, onclick: () => send("useful", []) }),
        make("button", { type: "button", textContent: TEXTS.no, onclick: () => { form.hidden = false; form.querySelector("input").focus(); } })));
    const block = make("div", {}, row, form, told);
    return block;
  }
}

if (!customElements.get("assistant-dispositifs")) customElements.define("assistant-dispositifs", AssistantDispositifs);
