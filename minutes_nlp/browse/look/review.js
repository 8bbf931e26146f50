// Words selected in the text of a meeting go into the form that corrects; without this script one copies them there.
"use strict";

(() => {
  const panel = document.getElementById("correct-passage");
  const text = document.querySelector("article.text");
  if (!panel || !text) return;
  const { quote, near, target } = panel.querySelector("form").elements;

  const words = (range) => {
    const part = range.cloneContents();
    part.querySelectorAll(".unseen").forEach((told) => told.remove());
    return part.textContent.trim();
  };

  const beginning = (range) => {
    const node = range.startContainer;
    return node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
  };

  // Words inside an action or decision are most likely meant to be its words.
  const meant = (element) => {
    const notes = element.closest("mark[data-notes]")?.dataset.notes.split(" ") ?? [];
    const values = notes.map((note) => note.replace("-", ":"));
    return [...target.options].find((option) => values.includes(option.value)) ?? target.options[0];
  };

  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return;
    const range = selection.getRangeAt(0);
    if (!text.contains(range.commonAncestorContainer)) return;
    const selected = words(range);
    if (!selected) return;
    quote.value = selected;
    near.value = beginning(range).closest("[id^='at-']")?.id.slice(3) ?? "0";
    target.value = meant(beginning(range)).value;
    panel.open = true;
  });
})();
