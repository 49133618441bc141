// The field where a question is written: nothing but the reader ever changes its text while it's typed, and a
// question is in the field, or on its way, or answered; never nowhere.
(() => {
  const { kept } = assistantPage;
  const NEAR = 0.9; // share of the longest question from which the count shows
  const PATIENCE = 15_000; // milliseconds after which a question no longer waits for the turns to come back
  let field = null;
  let pending = null; // the question on its way or being answered: { number, question, isTaken }
  let number = 0;
  let isReady = false; // once the server has said what comes back: before, Gradio may drop a click
  let isLost = false;
  let restoring = 0;

  const told = () => field.form.dataset;
  const sizeOf = (text) => [...text.trim()].length; // in characters, as the server counts them
  const isLong = (text) => sizeOf(text) > Number(told().most);
  const figure = (count) => Number(count).toLocaleString("fr-FR");

  const say = (sentence) => {
    const line = document.getElementById("question-said");
    if (line.textContent !== sentence) line.textContent = sentence;
  };
  const sized = (sentence, count) =>
    sentence.replace("{count}", figure(count)).replace("{most}", figure(told().most));

  // Height, count and memory of what is in the field.
  const look = () => {
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight + field.offsetHeight - field.clientHeight}px`;
    kept.setDraft(field.value);
    const count = sizeOf(field.value);
    const most = Number(told().most);
    field.setAttribute("aria-invalid", String(count > most));
    say(count > most ? sized(told().long, count) : count >= most * NEAR ? sized(told().near, count) : "");
  };
  const put = (text) => {
    field.value = text;
    look();
  };
  const joined = (question, typed) => (typed.trim() ? `${question}\n${typed}` : question);

  // What stands in the way of a question, in French; nothing when it can go.
  const obstacle = (question) => {
    if (isLong(question)) return sized(told().long, sizeOf(question));
    if (isLost) return told().lost;
    if (pending) return told().busy;
    return navigator.onLine ? "" : told().offline;
  };

  const send = (question, isTyped) => {
    if (!question.trim()) return;
    const reason = obstacle(question);
    if (reason) {
      say(reason);
      return;
    }
    number += 1;
    pending = { number: String(number), question: question.trim(), isTaken: false };
    kept.setUnanswered(pending.question);
    if (isTyped) put("");
    say(told().sent);
    deliver();
  };
  const deliver = () => {
    if (!pending || pending.isTaken || !isReady) return;
    document.getElementById("ask")?.click();
  };

  // Gradio calls it when the hidden button is clicked: what the server gets.
  assistantPage.take = () => {
    if (pending) pending.isTaken = true;
    return [pending?.question ?? "", kept.text(), pending?.number ?? ""];
  };
  // Gradio calls it when the page opens: what the server draws again.
  assistantPage.restored = () => {
    const text = kept.text();
    restoring = kept.count();
    return text;
  };

  // No answer will come for this question: back to the field, before what has been typed meanwhile.
  const giveBack = () => {
    if (!pending) return;
    const { question } = pending;
    pending = null;
    kept.setUnanswered("");
    put(joined(question, field.value));
  };
  assistantPage.lost = (isForGood) => {
    isLost ||= isForGood;
    giveBack();
    if (isForGood) say(told().lost);
  };

  const over = (news) => {
    if (news.number !== pending?.number) return;
    const { question } = pending;
    pending = null;
    look();
    if (Number(news.before) < kept.count()) kept.forget();
    if (news.turn) {
      kept.add(JSON.parse(news.turn));
      kept.setUnanswered("");
    } else if (!field.value.trim()) {
      kept.setUnanswered("");
      put(question);
    } // else it's shown above what is being typed, and kept until another question goes
  };
  const ready = () => {
    if (isReady) return;
    isReady = true;
    deliver();
  };

  // What the server said since the last look; Gradio draws in place, so that only the words differ.
  const seen = {};
  const fresh = (name) => {
    const element = document.querySelector(`[data-${name}]`);
    const words = element?.outerHTML;
    if (words === seen[name]) return null;
    seen[name] = words;
    return element?.dataset;
  };
  const listen = () => {
    const choice = fresh("insee");
    if (choice) {
      kept.setCommune(choice.insee);
      field.placeholder = choice.placeholder;
    }
    const news = fresh("number");
    if (news) over(news);
    const restored = fresh("restored");
    if (restored) {
      if (Number(restored.restored) < restoring) kept.forget();
      if (!document.querySelector("[data-insee]")) kept.setCommune("");
      ready();
    }
  };

  const appear = () => {
    field = document.getElementById("question");
    if (!field) return;
    kept.setRoom(Number(told().room));
    const unanswered = kept.unanswered();
    kept.setUnanswered("");
    put(unanswered ? joined(unanswered, kept.draft()) : kept.draft());
    if (document.activeElement === document.body) field.focus({ preventScroll: true });
    setTimeout(ready, PATIENCE);
  };
  new MutationObserver(() => {
    if (!field) appear();
    if (field) listen();
  }).observe(document, {
    attributeFilter: ["data-insee", "data-number", "data-restored"],
    childList: true,
    subtree: true,
  });

  document.addEventListener("input", (event) => {
    if (event.target === field) look();
  });
  document.addEventListener("keydown", (event) => {
    // 229 is a key that an input method takes for itself, where isComposing comes too late.
    const isComposing = event.isComposing || event.keyCode === 229;
    if (event.target !== field || event.key !== "Enter" || event.shiftKey || isComposing) return;
    event.preventDefault();
    send(field.value, true);
  });
  document.addEventListener("submit", (event) => {
    if (event.target !== field?.form) return;
    event.preventDefault();
    send(field.value, true);
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-question], #reset");
    if (!button || !field) return;
    if (button.id === "reset") {
      pending = null;
      kept.forget();
      kept.setUnanswered("");
      put("");
    } else {
      send(button.dataset.question, false);
    }
    // The button goes away: whoever uses a keyboard goes on from the field.
    if (event.detail === 0) field.focus();
  });
  addEventListener("online", () => {
    if (field) look();
  });
  // A page that the browser brings back whole has lost its server: it starts again from what it kept.
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
})();
