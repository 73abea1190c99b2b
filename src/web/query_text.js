/** What can be read off the text of a query without parsing it. */

const UPDATE = /\b(?:insert|delete|load|clear|drop|create|add|move|copy)\b/i;
const FORM = /\b(?:select|construct|describe|ask)\b/i;
const SELECT_ALL = /\bselect(\s+(?:distinct|reduced))?\s*\*/i;
const OPAQUE =
  /#[^\n]*|<[^<>"{}|^`\s]*>|"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g;

/** Blank out comments, IRIs and strings; every other character keeps its place. */
export function withoutOpaque(text) {
  return text.replace(OPAQUE, (part) => part.replace(/[^\n]/g, " "));
}

/** Does the text say what it wants: SELECT, ASK, CONSTRUCT or DESCRIBE? */
export function hasForm(text) {
  return FORM.test(withoutOpaque(text));
}

/** Is this an update? The word that says so stands where a query has its form. */
export function isUpdate(text) {
  const words = withoutOpaque(text).replace(/[\w-]*:[\w.-]*/g, " ");
  const update = words.search(UPDATE);
  const form = words.search(FORM);
  return update >= 0 && (form < 0 || update < form);
}

/** Return the variables of a text in the order in which they are first named. */
export function variablesOf(text) {
  return [...new Set([...withoutOpaque(text).matchAll(/[?$](\w+)/g)].map((match) => match[1]))];
}

/**
 * Name the columns of `SELECT *` in the order of the text: the engine's own order is arbitrary.
 * A text whose outermost form is no `SELECT *` comes back as it is.
 */
export function nameColumns(text, variables) {
  const readable = withoutOpaque(text);
  const star = SELECT_ALL.exec(readable);
  if (star === null || star.index !== readable.search(FORM)) return text;
  const order = variablesOf(text).filter((name) => variables.includes(name));
  if (order.length === 0) return text;
  const named = `SELECT${star[1] ?? ""} ${order.map((name) => `?${name}`).join(" ")}`;
  return text.slice(0, star.index) + named + text.slice(star.index + star[0].length);
}
