// A field with completion, after the combobox pattern: the list follows the typing, arrows choose.
import { element } from "./dom.js";
import { find } from "./search.js";

let boxes = 0;

/**
 * Make a field that finds things.
 *
 * @param settings label, placeholder, entries() (as of `searchIndex`), describe(entry) for the grey words
 *   beside a name, and choose(id)
 */
export function makeSearchBox({ label, placeholder, entries, nameOf, describe, choose }) {
  boxes += 1;
  const listId = `found-${boxes}`;
  const input = element("input", {
    type: "search",
    role: "combobox",
    autocomplete: "off",
    spellcheck: "false",
    placeholder,
    "aria-label": label,
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": listId,
  });
  const list = element("ul", { id: listId, role: "listbox", "aria-label": `${label}: found`, hidden: true });
  const box = element("div", { class: "search-box" }, input, list);
  let found = [];
  let active = -1;

  function show() {
    found = find(entries(), input.value);
    active = found.length ? 0 : -1;
    const none = { role: "option", "aria-disabled": "true", "aria-selected": "false" };
    const nothing = element("li", none, "Nothing here is called so.");
    list.replaceChildren(...(found.length ? found.map(optionOf) : [nothing]));
    setOpen(input.value.trim() !== "");
    mark();
  }

  function optionOf(entry, index) {
    return element(
      "li",
      {
        id: `${listId}-${index}`,
        role: "option",
        "aria-selected": "false",
        mousedown: (event) => event.preventDefault(),
        click: () => take(entry.id),
      },
      element("span", { class: "name" }, nameOf(entry.id)),
      " ",
      element("span", { class: "quiet" }, describe(entry)),
    );
  }

  function setOpen(open) {
    list.hidden = !open;
    input.setAttribute("aria-expanded", String(open));
    if (!open) input.removeAttribute("aria-activedescendant");
  }

  function mark() {
    for (const [index, item] of [...list.children].entries()) {
      item.setAttribute("aria-selected", String(index === active));
    }
    if (active < 0) return;
    input.setAttribute("aria-activedescendant", `${listId}-${active}`);
    list.children[active].scrollIntoView({ block: "nearest" });
  }

  function take(id) {
    setOpen(false);
    input.value = "";
    choose(id);
  }

  input.addEventListener("input", show);
  input.addEventListener("blur", () => setOpen(false));
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && active >= 0 && !list.hidden) take(found[active].id);
    else if (event.key === "Escape" && !list.hidden) setOpen(false);
    else if (event.key === "ArrowDown" && found.length) active = (active + 1) % found.length;
    else if (event.key === "ArrowUp" && found.length) active = (active - 1 + found.length) % found.length;
    else return;
    event.preventDefault();
    event.stopPropagation();
    if (!list.hidden) mark();
  });
  return { box, input };
}
