// What the chat page keeps for its tab: the turns, the commune, the text being typed. The server keeps none of
// it: it gets the turns with each question, as data, and draws them again when the page comes back.
window.assistantPage = {};
(() => {
  const VERSION = 1;
  const MOST_TURNS = 24;
  const ROOM = 200_000; // bytes, until the page says how much the server takes
  const MOST_DRAFT_CHARS = 100_000;
  const key = (name) => `assistant-dispositifs page ${VERSION} ${location.pathname} ${name}`;
  const read = (name) => {
    try {
      return sessionStorage.getItem(key(name)) ?? "";
    } catch {
      return "";
    }
  };
  const write = (name, text) => {
    try {
      if (text) sessionStorage.setItem(key(name), text);
      else sessionStorage.removeItem(key(name));
    } catch {
      // storage refused or full: the conversation goes with the page
    }
  };
  const listIn = (text) => {
    try {
      const found = JSON.parse(text);
      return Array.isArray(found) ? found : [];
    } catch {
      return [];
    }
  };

  let turns = listIn(read("turns"));
  let commune = read("commune");
  let room = ROOM;
  // What goes to the server, the oldest turns left out when it would be too much for it.
  const text = () => {
    for (;;) {
      const whole = JSON.stringify({ turns, commune: commune || null });
      if (!turns.length || new Blob([JSON.stringify(whole)]).size <= room) return whole;
      turns.shift();
    }
  };

  assistantPage.kept = {
    text,
    count: () => turns.length,
    add(turn) {
      turns = [...turns, turn].slice(-MOST_TURNS);
      text();
      write("turns", JSON.stringify(turns));
    },
    setRoom(bytes) {
      room = bytes;
    },
    forget() {
      turns = [];
      write("turns", "");
    },
    setCommune(code) {
      commune = code;
      write("commune", code);
    },
    draft: () => read("draft"),
    setDraft: (typed) => write("draft", typed.length > MOST_DRAFT_CHARS ? "" : typed),
    unanswered: () => read("unanswered"),
    setUnanswered: (question) => write("unanswered", question),
  };
})();
