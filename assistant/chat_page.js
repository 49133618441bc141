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

  let turns = 0;
  new MutationObserver(() => {
    const found = document.querySelectorAll(".turn");
    if (found.length > turns) show(found[found.length - 1], "start");
    turns = found.length;
  }).observe(document, { childList: true, subtree: true });
})();
