// Renews what a page says of a job until it is over. Without it the page loads itself again.
(() => {
  "use strict";
  const pause = 1500;

  async function renew() {
    const old = document.getElementById("job");
    if (!old || old.dataset.over === "yes") return;
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" }, credentials: "same-origin" });
      if (answer.ok && !answer.redirected) put(old, new DOMParser().parseFromString(await answer.text(), "text/html"));
    } catch (error) {
      // The server may be busy or gone for a moment: it is asked again.
    }
    setTimeout(renew, pause);
  }

  function put(old, page) {
    const made = page.getElementById("job");
    const state = page.getElementById("job-state");
    if (!made || !state) return;
    const held = old.contains(document.activeElement) ? document.activeElement.id : "";
    old.replaceWith(document.adoptNode(made));
    if (held) document.getElementById(held)?.focus();
    const shown = document.getElementById("job-state");
    if (shown.textContent !== state.textContent) shown.replaceChildren(...document.adoptNode(state).childNodes);
  }

  setTimeout(renew, pause);
})();
