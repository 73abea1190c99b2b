// What is shown over the page: texts to copy, queries to run, the list of keys.
import { copy, element } from "./dom.js";
import { KEYS } from "./keyboard.js";

/** @param queryPage the link to the page that answers SPARQL, or null; say(text) tells screen readers */
export function makeDialogs(dialog, { queryPage, say }) {
  const button = (text, click) => element("button", { type: "button", click }, text);

  function show(title, content, ...actions) {
    const close = button("Close", () => dialog.close());
    const row = element("p", { class: "actions" }, ...actions, close);
    dialog.replaceChildren(element("h2", {}, title), content, row);
    dialog.showModal();
  }

  function showText(title, text, ...actions) {
    const area = element("textarea", { readonly: true, rows: "14", "aria-label": title });
    area.value = text;
    const act = async () => say((await copy(text, area)) ? "Copied" : "Select the text and copy it");
    show(title, area, ...actions, button("Copy", act));
  }

  /** The address at which the page for queries runs one. */
  function running(query) {
    const mark = queryPage.pathname.endsWith(".html") ? "#" : "?"; // a file, or a server
    return `${queryPage.href}${mark}${new URLSearchParams({ query })}`;
  }

  return {
    showText,
    showQuery(query) {
      const run = queryPage && element("a", { id: "run-query", href: running(query) }, "Run it");
      showText("As SPARQL; every door of healthfm knows these prefixes", query, ...(run ? [run] : []));
    },
    showKeys() {
      const keys = KEYS.flatMap(([key, what]) => [
        element("dt", {}, element("kbd", {}, key)),
        element("dd", {}, what),
      ]);
      show("Keys", element("dl", {}, ...keys));
    },
  };
}
