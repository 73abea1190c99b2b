// A picture as a list of paths and texts, painted on a canvas or written as SVG: the same list for both.
//
// A path is {d, fill, stroke, width, dash, opacity}; a text is {text, x, y, fill, size, weight, anchor, halo}.

export const FONT = "system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif";

/** The outline of a mark, the same as the one vis-network draws for the shape. */
export function markPath(shape, x, y, size) {
  const points = (list) => `M${list.map(([px, py]) => `${round(px)} ${round(py)}`).join("L")}Z`;
  const turn = (count, radius, start = 0) =>
    Array.from({ length: count }, (_, index) => {
      const angle = start + (index * 2 * Math.PI) / count;
      return [x + radius(index) * Math.cos(angle), y + radius(index) * Math.sin(angle)];
    });
  const up = 1.15 * size;
  const high = up * Math.sqrt(3) - up * Math.tan(Math.PI / 6);
  const low = up * Math.tan(Math.PI / 6);
  switch (shape) {
    case "square":
      return points([
        [x - size, y - size],
        [x + size, y - size],
        [x + size, y + size],
        [x - size, y + size],
      ]);
    case "triangle": {
      const middle = y + 0.275 * up;
      return points([
        [x, middle - high],
        [x + up, middle + low],
        [x - up, middle + low],
      ]);
    }
    case "triangleDown": {
      const middle = y - 0.275 * up;
      return points([
        [x, middle + high],
        [x + up, middle - low],
        [x - up, middle - low],
      ]);
    }
    case "diamond":
      return points([
        [x, y + size],
        [x + size, y],
        [x, y - size],
        [x - size, y],
      ]);
    case "star": {
      const radius = 0.82 * size;
      const star = (index) => (index % 2 ? 0.5 : 1.3) * radius;
      return points(turn(10, star, -Math.PI / 2).map(([px, py]) => [px, py + 0.1 * radius]));
    }
    case "hexagon":
      return points(turn(6, () => size));
    default:
      return `M${round(x - size)} ${round(y)}a${round(size)} ${round(size)} 0 1 0 ${round(2 * size)} 0a${round(size)} ${round(size)} 0 1 0 ${round(-2 * size)} 0Z`;
  }
}

export function linePath(x1, y1, x2, y2) {
  return `M${round(x1)} ${round(y1)}L${round(x2)} ${round(y2)}`;
}

export function rectPath(x, y, width, height) {
  return `M${round(x)} ${round(y)}h${round(width)}v${round(height)}h${round(-width)}Z`;
}

/** One digit after the point is finer than a screen. */
export function round(number) {
  return Math.round(number * 10) / 10;
}

/** Paint a list on a canvas whose unit is one pixel of the page. */
export function paint(pen, items) {
  for (const item of items) {
    pen.globalAlpha = item.opacity ?? 1;
    if (item.d === undefined) paintText(pen, item);
    else paintPath(pen, item);
  }
  pen.globalAlpha = 1;
}

function paintPath(pen, { d, fill, stroke, width = 1, dash }) {
  const path = new Path2D(d);
  if (fill) {
    pen.fillStyle = fill;
    pen.fill(path);
  }
  if (stroke) {
    pen.strokeStyle = stroke;
    pen.lineWidth = width;
    pen.setLineDash(dash ?? []);
    pen.stroke(path);
    pen.setLineDash([]);
  }
}

function paintText(pen, { text, x, y, fill, size = 12, weight = 400, anchor = "start", halo }) {
  pen.font = `${weight} ${size}px ${FONT}`;
  pen.textAlign = anchor === "middle" ? "center" : anchor;
  pen.textBaseline = "middle";
  if (halo) {
    pen.lineJoin = "round";
    pen.lineWidth = 3;
    pen.strokeStyle = halo;
    pen.strokeText(text, x, y);
  }
  pen.fillStyle = fill;
  pen.fillText(text, x, y);
}

/** What ends an element or an attribute in XML, written so that it does not. */
export function escapeXml(text) {
  const names = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
  // XML has no way at all to hold the other control characters.
  return String(text)
    .replace(/(?![\t\n\r])\p{Cc}|[\ufffe\uffff]/gu, "")
    .replace(/[&<>"']/g, (it) => names[it]);
}

/**
 * Write an SVG document of parts that stand under one another, none running over its edges.
 *
 * @param parts each with its items and its height
 */
export function toSvg(parts, { width, title, description, ground }) {
  const height = parts.reduce((sum, part) => sum + part.height, 0);
  let top = 0;
  const bodies = parts.map((part) => {
    const lines = part.items.map((item) => (item.d === undefined ? svgText(item) : svgPath(item)));
    const body = `<svg y="${top}" width="${width}" height="${part.height}">\n${lines.join("\n")}\n</svg>`;
    top += part.height;
    return body;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" font-family="${escapeXml(FONT)}">`,
    `<title>${escapeXml(title)}</title>`,
    `<desc>${escapeXml(description)}</desc>`,
    `<rect width="${width}" height="${height}" fill="${ground}"/>`,
    ...bodies,
    "</svg>\n",
  ].join("\n");
}

function svgPath({ d, fill, stroke, width = 1, dash, opacity }) {
  const parts = [`d="${d}" fill="${fill ?? "none"}"`];
  if (stroke) parts.push(`stroke="${stroke}" stroke-width="${width}"`);
  if (dash?.length) parts.push(`stroke-dasharray="${dash.join(" ")}"`);
  if (opacity !== undefined) parts.push(`opacity="${opacity}"`);
  return `<path ${parts.join(" ")}/>`;
}

function svgText({ text, x, y, fill, size = 12, weight = 400, anchor = "start", halo, opacity }) {
  const parts = [`x="${round(x)}" y="${round(y)}" dy="0.35em" font-size="${size}" fill="${fill}"`];
  if (weight !== 400) parts.push(`font-weight="${weight}"`);
  if (anchor !== "start") parts.push(`text-anchor="${anchor}"`);
  if (halo) parts.push(`stroke="${halo}" stroke-width="3" stroke-linejoin="round" paint-order="stroke"`);
  if (opacity !== undefined) parts.push(`opacity="${opacity}"`);
  return `<text ${parts.join(" ")}>${escapeXml(text)}</text>`;
}
