/** The editor: CodeMirror with SPARQL highlighting, completion of our terms, and a mark where a fault is. */

import { autocompletion, closeCompletion, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { sparql } from "@codemirror/legacy-modes/mode/sparql";
import { setDiagnostics } from "@codemirror/lint";
import { Prec } from "@codemirror/state";
import { drawSelection, EditorView, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";

import { candidates, WORD } from "./completion.js";
import { variablesOf } from "./query_text.js";

// The colours come from the page, so that light and dark are decided in one place.
const COLOURS = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword], color: "var(--keyword)", fontWeight: "600" },
  { tag: tags.standard(tags.variableName), color: "var(--keyword)" },
  { tag: tags.local(tags.variableName), color: "var(--variable)" },
  { tag: tags.atom, color: "var(--term)" },
  { tag: tags.string, color: "var(--string)" },
  { tag: tags.comment, color: "var(--quiet)" },
]);

/**
 * Put an editor in the place of a textarea, which stays hidden in the page.
 *
 * @param {HTMLTextAreaElement} area
 * @param {{help: object, onRun: () => void, onFocus: () => void}} options
 */
export function replaceTextarea(area, { help, onRun, onFocus }) {
  const complete = (context) => {
    const word = context.matchBefore(WORD);
    if (word === null && !context.explicit) return null;
    const options = candidates(word?.text ?? "", help, variablesOf(context.state.doc.toString()));
    return options.length ? { from: word?.from ?? context.pos, options, filter: false } : null;
  };
  const run = () => {
    onRun();
    return true; // the key was for us
  };
  const view = new EditorView({
    doc: area.value,
    extensions: [
      Prec.highest(keymap.of([{ key: "Mod-Enter", run }])),
      lineNumbers(),
      history(),
      drawSelection(),
      bracketMatching(),
      EditorView.lineWrapping,
      StreamLanguage.define(sparql),
      syntaxHighlighting(COLOURS),
      autocompletion({ override: [complete], icons: false }),
      keymap.of([...completionKeymap, ...defaultKeymap, ...historyKeymap]),
      EditorView.contentAttributes.of({ "aria-label": "SPARQL query" }),
      EditorView.domEventHandlers({ focus: onFocus }),
    ],
  });
  area.hidden = true;
  area.after(view.dom);
  return {
    text: () => view.state.doc.toString(),
    replace(text) {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
      closeCompletion(view);
      view.dispatch(setDiagnostics(view.state, []));
    },
    /** Underline the place of a fault and put the cursor there; without a place, only clear the last. */
    mark(place, message) {
      const faults = place ? [{ ...place, severity: "error", message }] : [];
      view.dispatch(setDiagnostics(view.state, faults));
      if (place) view.dispatch({ selection: { anchor: place.from }, scrollIntoView: true });
    },
    focus: () => view.focus(),
  };
}
