// Making elements. Text reaches the page only as text nodes; addresses only if they are http or https.

/** Make an element; children are elements or texts, attributes with null or false are left out. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(name, value);
    else if (value !== null && value !== false && value !== undefined)
      made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/** A link that leaves the page, or plain text where the address is of another kind. */
export function outward(url, text = url) {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (!parsed || !["http:", "https:"].includes(parsed.protocol)) return element("span", {}, text);
  return element("a", { href: parsed.href, rel: "noopener noreferrer", target: "_blank" }, text);
}

const SVG = "http://www.w3.org/2000/svg";

/** A small picture made of paths, for legends and lists. */
export function sign(paths, { width = 22, height = 14 } = {}) {
  const svg = document.createElementNS(SVG, "svg");
  for (const [name, value] of Object.entries({
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    "aria-hidden": "true",
  })) {
    svg.setAttribute(name, value);
  }
  for (const attributes of paths) {
    const path = document.createElementNS(SVG, "path");
    for (const [name, value] of Object.entries(attributes))
      if (value !== undefined) path.setAttribute(name, value);
    svg.append(path);
  }
  return svg;
}

/** Put text on the clipboard; where the browser refuses, select it in a field for copying by hand. */
export async function copy(text, field = null) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    field?.select();
    return Boolean(field) && document.execCommand("copy");
  }
}
