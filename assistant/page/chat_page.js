// The chat page around its conversation: the way to the question, and what Gradio says in English.
(() => {
  // The page has a <base>, and the field is inside the component: a plain #fragment would lead nowhere.
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.("a.skip")) return;
    event.preventDefault();
    document.querySelector("assistant-dispositifs").focus();
  });

  // Gradio tells that the server is gone, in English, and that alone: the conversation says so itself.
  new MutationObserver(() => {
    for (const text of document.querySelectorAll("[data-testid=toast-body]")) text.remove();
  }).observe(document, { childList: true, subtree: true });
})();
