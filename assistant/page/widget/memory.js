// What the tab keeps: turns, text being typed, commune. Nothing is taken on trust when it comes back.
const SAVED_TURNS = 24;
const MOST_DRAFT = 100000; // characters

class Memory {
  constructor(api) {
    this.key = (name) => `assistant-dispositifs ${api} 2 ${name}`;
  }

  read(name) {
    try {
      return sessionStorage.getItem(this.key(name)) || "";
    } catch {
      return "";
    }
  }

  write(name, text) {
    try {
      if (text) sessionStorage.setItem(this.key(name), text);
      else sessionStorage.removeItem(this.key(name));
    } catch {
      // storage refused or full: the conversation goes with the page
    }
  }

  readJson(name) {
    try {
      return JSON.parse(this.read(name));
    } catch {
      return null;
    }
  }

  turns() {
    const turns = this.readJson("turns");
    return Array.isArray(turns) ? turns.filter((turn) => turn && turn.reply && typeof turn.question === "string") : [];
  }

  keepTurns(turns) {
    this.write("turns", turns.length ? JSON.stringify(turns.slice(-SAVED_TURNS)) : "");
  }

  keepDraft(...texts) {
    const draft = texts.filter(Boolean).join("\n");
    this.write("draft", draft.length > MOST_DRAFT ? "" : draft);
  }
}

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
