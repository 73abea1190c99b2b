/** The page that carries graph and engine in itself: one file, no server. */

import { engineDoor } from "./engine_door.js";
import { startWorkbench } from "./workbench.js";
import "./sparql_page.css";

const contentOf = (id) => document.getElementById(id).textContent;
const help = JSON.parse(contentOf("query-data"));
const parts = { source: contentOf("worker"), engine: contentOf("engine"), graph: contentOf("graph") };
const { ask, editor } = startWorkbench(engineDoor(parts, help), help);

function askWhatTheAddressSays() {
  const query = new URLSearchParams(location.hash.slice(1)).get("query");
  if (query === null) return;
  editor.replace(query);
  ask();
}

addEventListener("hashchange", askWhatTheAddressSays);
askWhatTheAddressSays();
