// Shown while the chat page is built: asks for it again, without hurry, and shows it once it's there.
(async () => {
  for (;;) {
    await new Promise((done) => setTimeout(done, 500));
    try {
      const answer = await fetch("./", { method: "HEAD", cache: "no-store" });
      if (!answer.headers.has("retry-after")) return location.reload();
    } catch {
      // The server is away for a moment.
    }
  }
})();
