// Keys of the review pages. Without this file everything works by its forms.
"use strict";
(() => {
  const typing = (el) => el instanceof HTMLElement && (el.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(el.tagName));
  const first = (selector) => document.querySelector(selector);

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey) return;
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
      const button = first('form[data-review] button[data-key="Enter"]');
      if (button) { event.preventDefault(); button.click(); }
      return;
    }
    if (event.ctrlKey || event.metaKey) return;
    if (typing(event.target)) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    // The place of a key, not its letter: it is the same under an Arabic layout.
    const found = event.code === "KeyE" ? first('form[data-review] [name="type"]') : /^Key[A-Z]$/.test(event.code) ? first(`[data-key="${event.code}"]`) : null;
    if (!found || event.repeat) return;
    event.preventDefault();
    if (/^(INPUT|SELECT)$/.test(found.tagName)) { found.focus(); if (found.select) found.select(); } else { found.click(); }
  });

  // Only the modes of the type that is chosen.
  for (const form of document.querySelectorAll("form[data-review]")) {
    const type = form.querySelector("[data-types]");
    const mode = form.querySelector("[data-modes]");
    if (!type || !mode) continue;
    const groups = [...mode.querySelectorAll("optgroup")];
    const keep = (changed) => {
      for (const group of groups) {
        group.hidden = group.disabled = group.label !== type.value;
        if (changed && group.hidden) for (const option of group.children) option.selected = false;
      }
      if (changed && mode.selectedOptions[0] && mode.selectedOptions[0].parentElement.hidden) mode.value = "";
    };
    type.addEventListener("change", () => keep(true));
    keep(false);
  }

  // Words that are marked in the text are those of the event.
  const text = first("[data-text]");
  const words = first("[data-words]");
  const start = first("[data-start]");
  if (text && words && start) {
    document.addEventListener("selectionchange", () => {
      const selection = document.getSelection();
      if (!selection || selection.isCollapsed || !selection.rangeCount) return;
      const range = selection.getRangeAt(0);
      if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return;
      const before = document.createRange();
      before.setStart(text, 0);
      before.setEnd(range.startContainer, range.startOffset);
      const said = range.toString();
      const lead = said.length - said.trimStart().length;
      if (!said.trim()) return;
      words.value = said.trim();
      // Offsets count characters, of which a script counts some twice.
      start.value = String([...before.toString()].length + lead);
    });
    words.addEventListener("input", () => { start.value = ""; });
  }
})();
