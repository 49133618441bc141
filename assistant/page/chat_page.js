// The chat page in the browser: marks lead to their source, a new question comes into view.
(() => {
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const show = (element, block) =>
    element.scrollIntoView({ behavior: calm.matches ? "auto" : "smooth", block });

  // The page has a <base>, so that a plain #fragment could leave the page and lose the conversation.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.(".marker a");
    if (!link) return;
    event.preventDefault();
    const source = document.getElementById(link.getAttribute("href").slice(1));
    if (!source) return;
    document.querySelectorAll(".source.shown").forEach((other) => other.classList.remove("shown"));
    source.classList.add("shown");
    source.focus({ preventScroll: true });
    show(source, "nearest");
  });

  // Copy, keep or print a whole answer.
  const doers = {
    copy: async (markdown, tools) => {
      const told = tools.querySelector("[role=status]");
      try {
        await navigator.clipboard.writeText(markdown);
        told.textContent = tools.dataset.copied;
      } catch {
        told.textContent = tools.dataset.refused;
      }
    },
    save: (markdown) => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([markdown], { type: "text/markdown" }));
      link.download = "reponse.md";
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    },
    print: () => print(),
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("#conversation .tools button[data-does]");
    if (!button) return;
    const tools = button.closest(".tools");
    doers[button.dataset.does](tools.dataset.markdown, tools);
  });

  // Once when it's asked, and again when its answer is whole and the page long enough, unless the
  // reader has moved the page meanwhile.
  let turns = 0;
  let busy = false;
  let moved = false;
  for (const kind of ["wheel", "touchmove", "keydown"]) {
    document.addEventListener(kind, () => (moved = true), { passive: true });
  }
  const follow = () => {
    const log = document.querySelector("#conversation [role=log]");
    const found = log ? log.querySelectorAll(".turn") : [];
    const isBusy = log?.getAttribute("aria-busy") === "true";
    const isNew = found.length > turns || (isBusy && !busy);
    if (isNew) moved = false;
    if (isNew || (busy && !isBusy && !moved)) {
      if (found.length) show(found[found.length - 1], "start");
    }
    turns = found.length;
    busy = isBusy;
  };

  // When the server goes away, Gradio says so in English, then loads the page again once it answers: say it in
  // French, and give the question that had no answer back. Any other failure of Gradio's own gives it back too.
  let toasts = new Set();
  const translate = () => {
    const shown = [...document.querySelectorAll("[data-testid=toast-text]")];
    for (const text of shown) {
      const isLost = /connection/i.test(text.textContent);
      if (isLost) text.textContent = document.querySelector("#composer form").dataset.lost;
      if (!toasts.has(text)) assistantPage.lost(isLost);
    }
    toasts = new Set(shown);
    const nodes = document.createTreeWalker(document.querySelector("[class*=toast]") ?? document.head, NodeFilter.SHOW_TEXT);
    while (nodes.nextNode()) {
      if (nodes.currentNode.data.trim() === "Error") nodes.currentNode.data = "Erreur";
    }
  };
  const changed = () => {
    follow();
    translate();
  };
  new MutationObserver(changed).observe(document, {
    attributeFilter: ["aria-busy"],
    childList: true,
    subtree: true,
  });
})();
