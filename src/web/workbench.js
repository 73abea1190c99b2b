/**
 * A page that asks SPARQL: the editor, examples, run and cancel, the result, downloads, a permalink.
 *
 * It works on a form that is in the page already (`#query-form`) and asks through a door: the engine
 * in the page (engine_door.js) or an endpoint (endpoint_door.js).
 */

import { replaceTextarea } from "./editor.js";
import { placeOf } from "./fault.js";
import { element, showAnswer } from "./result_table.js";

/** A query that was not answered, for a reason that can be told. */
export class Fault extends Error {}

/**
 * @typedef {object} Door
 * @property {() => void} warm get ready: the user is about to ask
 * @property {(query: string) => Promise<import("./answer.js").Answer>} ask throws a Fault
 * @property {() => void} cancel the question that runs fails with a Fault
 * @property {(query: string) => string} permalink
 * @property {(query: string, format: string) => HTMLElement} download what downloads an answer
 * @property {(iri: string) => string} link where an IRI leads
 * @property {{rows: string[], triples: string[]}} formats
 */

/** Make the form of the page ask through a door. @param {Door} door */
export function startWorkbench(door, help) {
  const form = document.getElementById("query-form");
  const results = document.getElementById("results");
  const downloads = document.getElementById("downloads") ?? element("nav", { id: "downloads" });
  downloads.setAttribute("aria-label", "Downloads");
  const run = document.getElementById("run");
  const cancel = element("button", { type: "button", id: "cancel", hidden: true }, "Cancel");
  const status = element("p", { id: "status" });
  status.setAttribute("role", "status");
  const fault = document.getElementById("error") ?? element("p", { id: "error" });
  fault.setAttribute("role", "alert");
  run.after(cancel, status);
  form.after(fault);
  results.before(downloads);

  const editor = replaceTextarea(document.getElementById("query"), { help, onRun: ask, onFocus: door.warm });
  showFault(fault.textContent);

  async function ask() {
    const query = editor.text();
    const started = performance.now();
    showFault("");
    running(true);
    try {
      const answer = await door.ask(query);
      results.replaceChildren(...showAnswer(answer, { prefixes: help.prefixes, link: door.link }));
      showDownloads(query, answer);
      status.textContent = `answered in ${Math.round(performance.now() - started).toLocaleString("en")} ms`;
      history.replaceState(null, "", door.permalink(query));
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      results.replaceChildren();
      downloads.replaceChildren();
      status.textContent = "";
      showFault(error.message);
    } finally {
      running(false);
    }
  }

  function running(on) {
    run.disabled = on;
    cancel.hidden = !on;
    results.setAttribute("aria-busy", String(on));
    if (on) status.textContent = "running …";
  }

  function showFault(message) {
    fault.textContent = message;
    fault.hidden = !message;
    editor.mark(message ? placeOf(message, editor.text()) : null, message);
  }

  function showDownloads(query, answer) {
    const formats = "truth" in answer ? [] : door.formats[answer.triples ? "triples" : "rows"];
    const links = formats.map((format) => door.download(query, format));
    const permalink = element("a", { href: door.permalink(query), id: "permalink" }, "Permalink");
    downloads.replaceChildren("Download: ", ...links, permalink);
    if (!formats.length) downloads.replaceChildren(permalink);
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask();
  });
  cancel.addEventListener("click", () => door.cancel());
  const queries = new Map(help.questions.map(({ name, query }) => [name, query]));
  document.getElementById("examples").addEventListener("click", (event) => {
    const name = event.target.closest("a.example")?.dataset.name;
    if (!queries.has(name)) return;
    event.preventDefault();
    editor.replace(queries.get(name));
    ask();
  });
  return { ask, editor };
}
