// "Ma commune": a combobox over the communes of the region, then what the schemes are for the one chosen.
const INSEE = /^\d[\dAB]\d{3}$/;
const TYPED_MS = 150; // between a letter and the search, so that a word typed fast asks once

class CommunePicker {
  /** `told` hears what changes, `say` announces it; links open in a tab of their own unless `stays`. */
  constructor(api, { told, say, stays }) {
    Object.assign(this, { api, told, say, stays, commune: null, options: [], active: -1, asked: 0 });
    this.field = make("input", {
      id: "place", type: "text", role: "combobox", autocomplete: "off", spellcheck: false, placeholder: TEXTS.placeHint, maxLength: 100,
      "aria-expanded": "false", "aria-controls": "places", "aria-autocomplete": "list", "aria-describedby": "place-said",
      oninput: () => this.typed(), onkeydown: (event) => this.pressed(event), onblur: () => this.offer([]),
    });
    this.list = make("ul", { id: "places", role: "listbox", "aria-label": TEXTS.place, hidden: true });
    this.said = make("p", { id: "place-said", className: "said", role: "status" });
    this.away = make("button", { type: "button", className: "quiet", textContent: TEXTS.remove, hidden: true, onclick: () => this.remove() });
    this.facts = make("div", { className: "facts-of-place" });
    this.name = make("span");
    this.root = make("details", { className: "place" }, make("summary", {}, this.name),
      make("p", { className: "hint" }, TEXTS.placeLead),
      make("div", { className: "line" }, make("div", { className: "combo" }, make("label", { for: "place" }, TEXTS.placeLabel), this.field, this.list), this.away), this.said, this.facts);
    this.draw();
  }

  draw() {
    this.name.textContent = this.commune ? tidy(TEXTS.placeIs) + this.commune.label : TEXTS.place;
    this.away.hidden = !this.commune;
    this.facts.replaceChildren();
  }

  /** Take a commune by its code, at once, its name once the server has told it; none that it doesn't know.
   * It's kept when it `isChosen`, not when a site tells it. */
  async take(code, isChosen) {
    if (!INSEE.test(code)) return;
    this.commune = { insee: code, label: "", name: "" };
    const found = await this.summary(code);
    if (this.commune?.insee !== code) return;
    if (found) this.set(found.commune, found, isChosen);
    else if (found === null) this.commune = null;
  }

  async summary(code) {
    const response = await fetch(`${this.api}/api/communes/${code}`, { credentials: "omit" }).catch(() => null);
    return response?.ok ? response.json().catch(() => undefined) : response?.status === 404 ? null : undefined;
  }

  set({ insee, label, name }, summary, isChosen = true) {
    this.commune = { insee, label, name };
    this.field.value = label;
    this.said.textContent = "";
    this.offer([]);
    this.draw();
    this.told(isChosen);
    if (summary) this.show(summary);
    else this.summary(insee).then((found) => found && this.commune?.insee === insee && this.show(found));
  }

  show({ groups, first }) {
    const { insee, name } = this.commune;
    const lead = (href, text) => (this.stays ? make("a", { href }, text) : newTab(href, text));
    this.facts.replaceChildren(
      make("ul", { className: "counts" }, ...groups.map(({ name, count, text }) => make("li", { className: name }, make("strong", {}, String(count)), ` ${text}`))),
      first.length ? make("p", {}, TEXTS.first) : "",
      first.length ? make("ul", {}, ...first.map(({ id, name }) => make("li", {}, lead(`${this.api}/dispositifs/${id}?commune=${insee}`, tidy(name))))) : "",
      make("p", {}, lead(`${this.api}/communes/${insee}`, TEXTS.allFor + name)),
    );
  }

  remove() {
    this.commune = null;
    this.field.value = "";
    this.draw();
    this.told();
    this.say(TEXTS.removed);
    this.field.focus();
  }

  typed() {
    const text = this.field.value.trim();
    const turn = ++this.asked;
    clearTimeout(this.timer);
    if (!text) {
      this.said.textContent = "";
      this.offer([]);
      return;
    }
    this.timer = setTimeout(async () => {
      const response = await fetch(`${this.api}/api/communes?${new URLSearchParams({ q: text })}`, { credentials: "omit" }).catch(() => null);
      const found = response?.ok ? await response.json().catch(() => null) : null;
      if (turn !== this.asked) return;
      this.offer(found ? found.communes : []);
      const many = this.options.length > 1 ? TEXTS.found.more : TEXTS.found.one;
      this.said.textContent = tidy(!found ? TEXTS.refused : this.options.length ? many.replace("{count}", this.options.length) : TEXTS.notFound);
    }, TYPED_MS);
  }

  /** Homonyms differ by their department, which their label tells. */
  offer(communes) {
    this.options = communes;
    this.list.replaceChildren(...communes.map((commune, place) => make("li", {
      id: `place-${place}`, role: "option", "aria-selected": "false", textContent: `${commune.label}, ${commune.postcodes.slice(0, 2).join(" ou ")}`,
      onmousedown: (event) => event.preventDefault(), onclick: () => this.choose(place),
    })));
    this.list.hidden = !communes.length;
    this.field.setAttribute("aria-expanded", String(communes.length > 0));
    this.move(-1);
  }

  move(place) {
    this.active = place;
    [...this.list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === place)));
    if (place < 0) this.field.removeAttribute("aria-activedescendant");
    else this.field.setAttribute("aria-activedescendant", `place-${place}`);
    this.list.children[place]?.scrollIntoView({ block: "nearest" });
  }

  choose(place) {
    this.set(this.options[place]);
    this.say(TEXTS.chosen + this.commune.label);
  }

  pressed(event) {
    const count = this.options.length;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && count) this.move((this.active + step + count + (this.active < 0 && step < 0 ? 1 : 0)) % count);
    else if (event.key === "Enter" && !event.isComposing && (count === 1 || this.active >= 0)) this.choose(Math.max(this.active, 0));
    else if (event.key === "Escape" && count) {
      this.offer([]);
      event.stopPropagation();
    } else if (event.key !== "Enter") return;
    event.preventDefault();
  }
}
