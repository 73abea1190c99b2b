// The page's one state, its address, and whoever wants to know of a change.
import { changed, fromHash, START, toHash } from "./state.js";

export function makeApp(graph) {
  let state = known(graph, fromHash(location.hash));
  const listeners = [];

  function tell(before) {
    for (const listener of listeners) listener(state, before);
  }

  function write(differs) {
    const hash = toHash(state);
    const url = hash ? `#${hash}` : location.pathname + location.search;
    const step = differs("view") || differs("selected");
    try {
      history[step ? "pushState" : "replaceState"](null, "", url);
    } catch {
      // A page within a page (a notebook) has no address of its own; all else works there.
    }
  }

  addEventListener("popstate", () => {
    const before = state;
    state = known(graph, fromHash(location.hash));
    tell(before);
  });

  return {
    graph,
    get state() {
      return state;
    },
    /** Change a part of the state and tell everybody. */
    set(change) {
      const before = state;
      state = changed(state, change);
      if (toHash(before) === toHash(state)) return;
      write((key) => state[key] !== before[key]);
      tell(before);
    },
    onChange(listener) {
      listeners.push(listener);
    },
    /** Tell everybody once, as if all had changed. */
    start() {
      tell(START);
    },
    /** The address that restores all of this. */
    permalink() {
      const hash = toHash(state);
      return location.href.split("#")[0] + (hash && `#${hash}`);
    },
  };
}

/** A state in which only things of this graph are named. */
function known(graph, state) {
  const thing = (id) => (graph.things.has(id) ? id : null);
  return {
    ...state,
    selected: thing(state.selected),
    to: graph.spots.has(state.to) ? state.to : null,
    centre: thing(state.centre),
    expanded: state.expanded.filter((id) => graph.things.has(id)),
    hidden: state.hidden.filter((relation) => graph.relationNames.has(relation)),
  };
}
