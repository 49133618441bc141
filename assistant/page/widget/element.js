// The assistant as a web component: <assistant-dispositifs api accent commune mode>. No dependency, no cookie.
const SENT_TURNS = 12;
const MOST_SAID = 15_000; // characters of the visitor, all turns together: a little less than the server takes
const LONGEST_LINK = 6000; // characters of an address
const LONGEST_MAIL = 1900; // characters of a mailto: address
const LONGEST = 4000; // characters of a question
const NEAR = 0.9; // share of the longest from which the count shows
const PHONE = "(max-width: 30rem)";
const BESIDE = "(min-width: 64rem)"; // where sources stand beside the answer, open
const NEAR_END = 160; // pixels
const WIDE = 640; // pixels from which a comparison is a table
const SLOW_MS = 6000; // without a line of the answer, until one is told that it's slow
const PRINTED = "body { font: 11pt/1.5 Georgia, serif; margin: 2cm; } th, td { border: 1px solid; padding: .3em; text-align: left; } a { color: inherit; overflow-wrap: anywhere; }";
const KEPT = new Set(["answered", "unanswerable"]); // replies that are worth keeping
const NONE = "-"; // kept in place of a commune that was taken away

class AssistantDispositifs extends HTMLElement {
  connectedCallback() {
    if (this.shadowRoot) return;
    const root = this.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    const accent = this.getAttribute("accent") || "";
    const own = this.querySelector("template")?.content.textContent || ""; // how it looks there, if the page says
    sheet.replaceSync(STYLES + own + (/^#[0-9a-f]{6}$/i.test(accent) ? `:host { --accent: ${accent}; --on-accent: ${inkOn(accent)}; }` : ""));
    root.adoptedStyleSheets = [sheet];
    this.api = (this.getAttribute("api") || new URL(".", import.meta.url).href).replace(/\/+$/, "");
    this.isPage = this.getAttribute("mode") === "page";
    this.isInline = this.isPage || this.getAttribute("mode") === "inline";
    this.memory = new Memory(this.api);
    this.turns = this.memory.turns();
    root.append(make("div", { lang: "fr" }, ...this.frame()));
    try {
      this.turns.forEach((turn) => this.show(turn));
    } catch {
      this.turns = []; // not what this version keeps
      this.log.replaceChildren();
    }
    this.refresh();
    this.field.value = this.memory.read("draft");
    this.look();
    addEventListener("online", () => this.look());
    addEventListener("offline", () => this.running?.abort("offline"));
    this.begin();
  }

  disconnectedCallback() {
    this.running?.abort("gone");
  }

  /** The commune kept, told by the address or by the site; then the question of the address, asked once. */
  async begin() {
    const asked = this.isPage ? new URLSearchParams(location.search) : new URLSearchParams();
    const question = (asked.get("q") || "").trim();
    const kept = this.memory.read("commune");
    const code = asked.get("commune") || (kept === NONE ? "" : kept) || this.getAttribute("commune") || "";
    if (asked.has("q") || asked.has("commune")) history.replaceState(null, "", location.pathname);
    if (question && this.turns.length) this.clear();
    if (code) await this.picker.take(code, asked.has("commune") || kept !== "");
    if (question.length > LONGEST) {
      this.field.value = question;
      this.look();
    } else if (question) this.ask(question);
    if (this.isPage && !this.turns.length && document.activeElement === document.body) this.focus();
  }

  focus() {
    this.field.focus({ preventScroll: true });
  }

  frame() {
    const close = make("button", { type: "button", textContent: TEXTS.close, onclick: () => this.toggle(false), hidden: this.isInline });
    this.clearing = make("button", { type: "button", textContent: TEXTS.clear, onclick: () => this.clear() });
    const title = make("h2", { id: "title", className: this.isPage ? "unseen" : "", textContent: TEXTS.title });
    this.log = make("div", { className: "log", role: "log", "aria-live": "off", "aria-label": TEXTS.log, ...(!this.isPage && { tabindex: "0" }) });
    this.voice = make("div", { className: "unseen", role: "status", "aria-live": "polite" });
    this.picker = new CommunePicker(this.api, { told: (isChosen) => this.placed(isChosen), say: (text) => this.say(text), stays: this.isPage });
    this.field = make("textarea", { rows: this.isPage ? 1 : 2, lang: "fr", enterKeyHint: "send", oninput: () => this.look(), "aria-describedby": "note" });
    this.note = make("p", { className: "note", id: "note", role: "status" });
    this.undo = make("button", { type: "button", className: "quiet", textContent: TEXTS.undo, hidden: true, onclick: () => this.restore() });
    this.field.addEventListener("keydown", (event) => {
      // 229: a key that an input method takes for itself, where isComposing comes too late
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229) {
        event.preventDefault();
        this.submit();
      }
    });
    this.stop = make("button", { type: "button", textContent: TEXTS.stop, hidden: true, onclick: () => { this.running?.abort("stop"); this.focus(); } });
    const send = make("button", { className: "main", type: "submit", textContent: TEXTS.send });
    const form = (this.form = make("form", { className: "ask" }, make("label", {}, TEXTS.label, this.field), this.stop, send, make("div", { className: "after-ask" }, this.note, this.undo)));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    const kind = this.isPage ? "page" : this.isInline ? "inline" : "floating";
    this.panel = make(
      this.isInline ? "section" : "dialog", { className: `panel ${kind}`, id: "panel", "aria-labelledby": "title" },
      make("div", { className: "head" }, title, close, this.clearing), this.picker.root, this.log, form, make("p", { className: "caution", textContent: TEXTS.caution }), this.voice,
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

  placed(isChosen = true) {
    const { commune } = this.picker;
    if (isChosen) this.memory.write("commune", commune ? commune.insee : NONE);
    this.field.placeholder = commune ? TEXTS.about + commune.name : "";
  }

  /** Say how long the text is when it matters, and keep it, after the questions that have no answer yet. */
  look() {
    const count = [...this.field.value.trim()].length;
    const isLong = count > LONGEST;
    const told = isLong ? TEXTS.long : count >= LONGEST * NEAR ? TEXTS.near : "";
    const figure = (number) => number.toLocaleString("fr-FR");
    this.tell(told.replace("{count}", figure(count)).replace("{most}", figure(LONGEST)));
    this.note.classList.toggle("long", isLong);
    this.field.setAttribute("aria-invalid", String(isLong));
    if (this.isPage) {
      this.field.style.height = "auto";
      this.field.style.height = `${this.field.scrollHeight + this.field.offsetHeight - this.field.clientHeight}px`;
    }
    this.memory.keepDraft(this.unanswered, this.waiting?.question, this.field.value);
    return !isLong;
  }

  tell(text) {
    const told = tidy(text || (this.erased ? TEXTS.cleared : ""));
    if (this.note.textContent !== told) this.note.textContent = told;
    this.undo.hidden = !this.erased;
  }

  put(...texts) {
    this.field.value = texts.filter((text) => text && text.trim()).join("\n");
    this.look();
  }

  clear() {
    const draft = [this.unanswered, this.waiting?.question, this.field.value].filter(Boolean).join("\n");
    this.erased = { turns: this.turns, draft };
    this.running?.abort("clear");
    this.redraw([], "");
    this.focus();
  }

  /** Bring back what « Nouvelle conversation » put away, before what has been typed since. */
  restore() {
    const { turns, draft } = this.erased;
    this.erased = null;
    this.redraw(turns, [draft, this.field.value].filter(Boolean).join("\n"));
    this.focus();
  }

  redraw(turns, draft) {
    this.turns = turns;
    this.memory.keepTurns(turns);
    this.unanswered = "";
    this.waiting = null;
    this.log.replaceChildren();
    turns.forEach((turn) => this.show(turn));
    this.refresh();
    this.put(draft);
  }

  /** What shows at the beginning alone, and what shows once there is a conversation. */
  refresh() {
    const isFresh = !this.log.querySelector(".turn");
    this.clearing.hidden = isFresh;
    this.panel.classList.toggle("fresh", isFresh);
    this.log.querySelector(".start")?.remove();
    if (isFresh) this.log.append(this.start());
    this.picker.root.open = isFresh && this.isPage;
    if (this.isPage) this.move(isFresh);
  }

  /** On the page, the field comes before the examples, then after the conversation: to eyes and to Tab alike. */
  move(isFirst) {
    if (isFirst === (this.form.nextSibling === this.log)) return;
    const focused = this.shadowRoot.activeElement;
    if (isFirst) this.log.before(this.form);
    else this.log.after(this.form);
    if (focused?.isConnected) focused.focus({ preventScroll: true });
  }

  /** How to begin: examples, by theme where the page gives its own as links in sections. */
  start() {
    const themes = [...this.querySelectorAll("section")].map((section) => [section.querySelector("h3"), [...section.querySelectorAll("a")]]);
    const own = themes.flatMap(([heading, links]) => [make("h3", {}, heading?.textContent || ""), ...this.buttons(heading?.textContent || TEXTS.examples, links.map((link) => link.textContent))]);
    return make("div", { className: "start" }, make("p", { className: "hint", textContent: tidy(TEXTS.hint) }), ...(own.length ? own : this.buttons(TEXTS.examples, TEXTS.starters)));
  }

  submit() {
    const question = this.field.value.trim();
    if (question && this.look() && this.goes(question)) this.put("");
  }

  /** Ask now, or once the running answer is over; false, and the reason told, when it can't go. */
  goes(question) {
    if (!navigator.onLine) this.tell(TEXTS.offline);
    else if (!this.running) this.ask(question);
    else if (this.waiting) this.tell(TEXTS.busy);
    else this.wait(question);
    return navigator.onLine && (this.waiting?.question === question || this.unanswered === question);
  }

  wait(question) {
    const back = make("button", { type: "button", textContent: TEXTS.takeBack, onclick: () => this.giveBack() });
    const article = this.article({ question, commune: this.picker.commune }, make("p", { className: "hint", textContent: TEXTS.queued }), back);
    this.waiting = { question, article };
    this.say(TEXTS.queued);
  }

  giveBack() {
    if (!this.waiting) return;
    const { question, article } = this.waiting;
    this.waiting = null;
    article.remove();
    this.put(question, this.field.value);
    this.focus();
  }

  /** Ask a question: stream the answer in, then show it whole; what fails can be tried again. */
  async ask(question) {
    this.unanswered = question;
    this.erased = null;
    const asked = { question, commune: this.picker.commune };
    const answer = make("div", { className: "answer" }, make("p", { className: "hint searching", textContent: TEXTS.searching }));
    const article = this.article(asked, answer);
    this.refresh();
    this.look();
    const running = new AbortController();
    this.running = running;
    this.stop.hidden = false;
    this.say(TEXTS.searching);
    const slow = setTimeout(() => this.slow(answer), SLOW_MS);
    let isWhole = false;
    try {
      const reply = await this.stream(asked, answer, running.signal);
      isWhole = true;
      article.remove();
      this.unanswered = "";
      this.turns.push({ ...asked, reply });
      this.memory.keepTurns(this.turns);
      this.show(this.turns.at(-1), this.waiting?.article);
      this.say(TEXTS.whole);
    } catch (error) {
      if (running.signal.reason !== "clear") this.failed(asked, article, answer, running.signal.reason || error);
    } finally {
      clearTimeout(slow);
      if (this.running === running) this.over(isWhole);
    }
  }

  over(isWhole) {
    this.running = null;
    this.stop.hidden = true;
    if (isWhole && this.waiting) {
      const { question, article } = this.waiting;
      this.waiting = null;
      article.remove();
      this.ask(question);
    } else if (this.waiting) this.giveBack();
    this.look();
  }

  slow(answer) {
    const hint = answer.querySelector(".searching");
    if (!hint) return;
    hint.textContent = TEXTS.slow;
    this.say(TEXTS.slow);
  }

  async stream({ question, commune }, answer, signal) {
    const sent = this.turns.slice(-SENT_TURNS);
    const said = () => sent.reduce((chars, turn) => chars + turn.question.length, question.length);
    while (sent.length && said() > MOST_SAID) sent.shift();
    const messages = sent.flatMap((turn) => [
      { role: "user", content: turn.question },
      { role: "assistant", content: turn.reply.answer, asked: turn.reply.asked ?? null, schemes: turn.reply.schemes ?? null },
    ]);
    const response = await fetch(`${this.api}/api/chat`, {
      method: "POST", headers: { "Content-Type": "application/json" }, signal, credentials: "omit",
      body: JSON.stringify({ messages: [...messages, { role: "user", content: question }], commune: commune?.insee ? `insee:${commune.insee}` : null, stream: true }),
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

  failed({ question }, article, answer, error) {
    const isStopped = error === "stop";
    const told = isStopped ? TEXTS.stopped : error?.detail || TEXTS.lost;
    const again = () => {
      if (this.running || !navigator.onLine) return;
      article.remove();
      this.focus();
      this.ask(question);
    };
    answer.querySelector(".hint")?.remove();
    if (!answer.childElementCount) answer.remove();
    const retry = make("button", { type: "button", textContent: TEXTS.retry, onclick: again });
    article.append(make("p", { className: isStopped ? "kind" : "error" }, tidy(told)), retry);
    this.say(told);
    if (!isStopped && this.shadowRoot.activeElement !== this.field) retry.focus();
    this.follow();
  }

  /** Keep the end in view, unless the reader has gone up. */
  follow() {
    if (this.isPage) return;
    const left = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight;
    if (left < NEAR_END) this.log.scrollTop = this.log.scrollHeight;
  }

  bring(article) {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (this.isPage) article.scrollIntoView({ behavior: calm ? "auto" : "smooth", block: "start" });
    else this.log.scrollTop = article.offsetTop - this.log.offsetTop - 8;
  }

  article({ question, commune }, ...children) {
    const place = commune?.label && make("span", { className: "about" }, TEXTS.forPlace + commune.label);
    const title = make("h3", {}, make("span", { className: "unseen", textContent: TEXTS.asked }), tidy(question), place && " ", place);
    const article = make("article", { className: "turn" }, title, ...children);
    this.log.querySelector(".start")?.remove();
    this.log.append(article);
    this.bring(article);
    return article;
  }

  /** A whole turn: kind of reply, answer, verdicts, sources, what to go on with, tools; before what waits. */
  show(turn, before = null) {
    const { reply } = turn;
    const isTalk = reply.status === "conversation";
    const sources = new Map(reply.citations.map((citation) => [citation.n, this.source(citation)]));
    const opens = (n) => sources.has(n) && make("button", {
      className: "mark", type: "button", textContent: String(n), "aria-label": `${TEXTS.source} ${n}`,
      onclick: () => { sources.get(n).open = true; sources.get(n).querySelector("summary").focus(); },
    });
    const badge = reply.status === "answered" && !sources.size ? "" : STATUSES[reply.status];
    const main = make("div", { className: "main-part" },
      badge && make("p", { className: `badge ${reply.status}`, textContent: badge }),
      make("div", { className: "answer" }, ...blocks(reply.lines, opens, this.isWide), ...this.links(reply.links || [])),
      ...this.buttons(TEXTS.choose, reply.choices),
      ...this.verdicts(reply),
      reply.generator !== "extractive" && make("p", { className: "writer" }, tidy((reply.model_sentences ? TEXTS.written : TEXTS.picked).replace("{generator}", () => reply.generator))));
    const parts = [
      main,
      sources.size > 0 && make("div", { className: "sources" }, make("h4", { textContent: TEXTS.sources }), ...sources.values()),
      make("div", { className: "after" }, ...this.buttons(TEXTS.next, reply.follow_ups), (sources.size > 0 || KEPT.has(reply.status)) && this.tools(turn), !isTalk && this.feedback(reply)),
    ];
    const article = this.article(turn, ...parts.filter(Boolean));
    if (before) this.log.append(before);
    this.bring(article);
  }

  /** The pages that an answer leads to: of the web, or of the service itself; each in a tab of its own. */
  links(leads) {
    const shown = leads.map(({ text, url }) => ({ text, href: OWN_PATH.test(url) ? `${this.api}/${url}` : webAddress(url) })).filter(({ href }) => href);
    return shown.length ? [make("ul", { className: "leads" }, ...shown.map(({ text, href }) => make("li", {}, newTab(href, tidy(text)))))] : [];
  }

  /** A quote is of our fiche, in its words, or of a document; under it, what it was written from, dated. */
  source(citation) {
    const listed = citation.sources.map((source) => {
      const url = webAddress(source.url);
      return make("li", {}, url ? newTab(url, source.title) : source.title, make("div", { className: "facts", textContent: originOf(source) }));
    });
    return make("details", { open: this.isPage && matchMedia(BESIDE).matches }, make("summary", {}, `${citation.n}. ${whereOf(citation)}`), make("blockquote", {}, tidy(citation.quote)),
      make("p", { className: "facts" }, tidy(isOurs(citation) ? TEXTS.ours : TEXTS.theirs)), make("ul", {}, ...listed));
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
    const row = texts.map((text) => make("button", { type: "button", textContent: tidy(text), onclick: () => { this.focus(); this.goes(text); } }));
    return [make("div", { className: title === TEXTS.choose ? "row" : "row list", role: "group", "aria-label": title }, ...row)];
  }

  tools(turn) {
    const told = make("span", { role: "status" });
    const copied = async (said, write) => {
      try {
        await write();
        told.textContent = said;
      } catch {
        told.textContent = TEXTS.notCopied;
      }
    };
    const button = (text, onclick) => make("button", { type: "button", textContent: text, onclick });
    return make("div", { className: "row tools", role: "group", "aria-label": TEXTS.keep },
      button(TEXTS.copy, () => copied(TEXTS.copied, () => this.copy(turn))),
      button(TEXTS.print, () => this.print(turn)),
      this.noteLink(TEXTS.note, turn, true), this.turns.indexOf(turn) > 0 && this.noteLink(TEXTS.wholeNote, turn, false),
      make("a", { className: "button", href: this.mail(turn) }, TEXTS.mail),
      button(TEXTS.link, () => copied(TEXTS.linked, () => navigator.clipboard.writeText(this.again(turn)))), told);
  }

  /** Rich text where the browser takes it, plain text besides or instead. */
  async copy(turn) {
    const whole = sheet(turn);
    const kinds = { "text/html": whole.outerHTML, "text/plain": plain(whole) };
    if (!window.ClipboardItem) return navigator.clipboard.writeText(kinds["text/plain"]);
    const blobs = Object.entries(kinds).map(([type, text]) => [type, new Blob([text], { type })]);
    return navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
  }

  /** The address that asks a question again. */
  again({ question, commune }) {
    return `${this.api}/?${new URLSearchParams({ q: question, ...(commune?.insee && { commune: commune.insee }) })}`;
  }

  mail(turn) {
    const written = (question, link) => `mailto:?subject=${encodeURIComponent(TEXTS.mailSubject + question.slice(0, 100))}&body=${encodeURIComponent(TEXTS.mailBody.replace("{question}", () => question).replace("{link}", () => link).replace(/\n/g, "\r\n"))}`;
    const whole = written(turn.question, this.again(turn));
    return whole.length <= LONGEST_MAIL ? whole : written(`${turn.question.slice(0, 200)}…`, `${this.api}/`);
  }

  /** A note of an answer, or of all down to it: a link, which no policy of the host page forbids as it may a
   * form. The server answers the questions again; the oldest are left out of an address too long. */
  noteLink(title, turn, isAlone) {
    const asked = this.turns.slice(0, this.turns.indexOf(turn) + 1).map(({ question, commune }) => ({ question, ...(commune?.insee && { commune: commune.label || commune.insee }) }));
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
    const style = new frame.contentWindow.CSSStyleSheet();
    style.replaceSync(PRINTED);
    page.adoptedStyleSheets = [style];
    page.body.append(page.adoptNode(sheet(turn)));
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
    const block = make("div", { className: "opinion" }, row, form, told);
    return block;
  }
}

if (!customElements.get("assistant-dispositifs")) customElements.define("assistant-dispositifs", AssistantDispositifs);
