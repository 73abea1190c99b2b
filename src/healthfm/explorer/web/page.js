// The lineage view. Data come from two inert JSON blocks; text reaches the page only as text nodes.

(() => {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const scene = read("scene");
  const drawn = read("pyvis");
  const byId = new Map(scene.spots.map((spot) => [spot.id, spot]));
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const canvas = document.getElementById("mynetwork");
  const details = document.getElementById("details");
  const legend = document.getElementById("legend");
  const hiddenRelations = new Set();
  const hiddenLanes = new Set();
  let selected = null;
  let kin = null;

  const theme = () => (dark.matches ? scene.theme.dark : scene.theme.light);

  // ---- the picture: the window's shape decides how far years and lanes are apart

  const width = Math.max(...scene.columns.map((column) => column.right));
  const height = Math.max(...scene.lanes.map((lane) => lane.bottom));
  const margin = { left: 150, top: 40 };
  const area = canvas.getBoundingClientRect();
  const wanted = (area.width / Math.max(area.height, 1)) * (height + margin.top);
  const stretch = {
    x: Math.min(3, Math.max(1, (wanted - margin.left) / width)),
    y: Math.min(3, Math.max(1, ((width + margin.left) * area.height) / area.width / height)),
  };
  const place = (spot) => ({ x: spot.x * stretch.x, y: spot.y * stretch.y });

  const nodes = new vis.DataSet(drawn.nodes.map((node) => ({ ...node, ...place(byId.get(node.id)) })));
  const edges = new vis.DataSet(drawn.edges);
  const network = new vis.Network(canvas, { nodes, edges }, JSON.parse(drawn.options)); // pyvis hands options over as text

  function colourNodes() {
    const { families, outline, faint } = theme();
    nodes.update(
      scene.spots.map((spot) => {
        const off = hiddenLanes.has(spot.lane);
        const dim = kin !== null && !kin.has(spot.id);
        const fill = families[scene.laneColours[spot.lane]];
        return {
          id: spot.id,
          hidden: off,
          color: {
            background: dim ? faint : spot.inList ? fill : theme().paper,
            border: dim ? faint : spot.inList ? outline : fill,
            highlight: { background: spot.inList ? fill : theme().paper, border: theme().ink },
          },
          borderWidth: spot.inList ? 1 : 3,
        };
      }),
    );
    edges.update(
      scene.edges.map((edge) => {
        const off =
          hiddenRelations.has(edge.relation) ||
          hiddenLanes.has(byId.get(edge.child).lane) ||
          hiddenLanes.has(byId.get(edge.parent).lane);
        const dim = kin !== null && !(kin.has(edge.child) && kin.has(edge.parent));
        return { id: edge.id, hidden: off || dim, color: { color: theme().groups[edge.group] } };
      }),
    );
  }

  network.on("beforeDrawing", (pen) => {
    const scale = network.getScale();
    const right = width * stretch.x;
    const bottom = height * stretch.y;
    pen.textBaseline = "middle";
    scene.lanes.forEach((lane, index) => {
      pen.fillStyle = index % 2 ? theme().band : theme().paper;
      pen.fillRect(
        -margin.left * 2,
        lane.top * stretch.y,
        right + margin.left * 2,
        (lane.bottom - lane.top) * stretch.y,
      );
    });
    pen.strokeStyle = theme().line;
    pen.fillStyle = theme().quiet;
    pen.lineWidth = 1 / scale;
    pen.font = `${13 / scale}px system-ui, sans-serif`;
    pen.textAlign = "center";
    let lastEnd = -Infinity;
    for (const column of scene.columns) {
      const left = column.left * stretch.x;
      pen.beginPath();
      pen.moveTo(left, -10);
      pen.lineTo(left, bottom);
      pen.stroke();
      const middle = ((column.left + column.right) / 2) * stretch.x;
      const half = 18 / scale;
      if (middle - half > lastEnd) {
        pen.fillText(String(column.year), middle, -margin.top / 2);
        lastEnd = middle + half;
      }
    }
  });

  // Labels are drawn here, not by the library: greedily, the most built-upon first, so that none
  // covers another and more of them come as one zooms in.
  network.on("afterDrawing", (pen) => {
    const scale = network.getScale();
    const taken = [];
    const free = (box) =>
      taken.every(
        (other) => box[2] < other[0] || box[0] > other[2] || box[3] < other[1] || box[1] > other[3],
      );
    pen.textBaseline = "middle";
    pen.textAlign = "left";
    pen.font = `600 ${13 / scale}px system-ui, sans-serif`;
    for (const lane of scene.lanes) {
      const y = ((lane.top + lane.bottom) / 2) * stretch.y;
      label(pen, lane.name, -margin.left + 6, y, theme().families[lane.colour], true);
    }
    pen.font = `${12 / scale}px system-ui, sans-serif`;
    for (const spot of scene.byWeight.map((id) => byId.get(id))) {
      if (hiddenLanes.has(spot.lane) || (kin !== null && !kin.has(spot.id))) continue;
      const { x, y } = place(spot);
      const radius = nodes.get(spot.id).size;
      const text = spot.name.length > 28 ? `${spot.name.slice(0, 27)}…` : spot.name;
      const half = pen.measureText(text).width / 2;
      const line = 8 / scale;
      const below = y + radius + line;
      const box = [x - half, below - line, x + half, below + line];
      if (spot.id !== selected && !free(box)) continue;
      taken.push(box);
      label(pen, text, x - half, below, theme().ink, false);
    }
  });

  function label(pen, text, x, y, colour, strong) {
    pen.lineWidth = (strong ? 4 : 3) / network.getScale();
    pen.lineJoin = "round";
    pen.strokeStyle = theme().paper;
    pen.strokeText(text, x, y);
    pen.fillStyle = strong ? theme().ink : colour;
    pen.fillText(text, x, y);
  }

  // The library's own fit looks at nodes only and would cut off lane names and years.
  function fitAll() {
    const box = { x: width * stretch.x + margin.left, y: height * stretch.y + margin.top };
    const scale = Math.min(2.5, (0.98 * canvas.clientWidth) / box.x, (0.98 * canvas.clientHeight) / box.y);
    network.moveTo({ position: { x: box.x / 2 - margin.left, y: box.y / 2 - margin.top }, scale });
  }

  // ---- selection

  function relatives(id) {
    const found = new Set([id]);
    for (const [from, to] of [
      ["child", "parent"],
      ["parent", "child"],
    ]) {
      const queue = [id];
      while (queue.length) {
        const current = queue.pop();
        for (const edge of scene.edges) {
          if (edge[from] === current && !hiddenRelations.has(edge.relation) && !found.has(edge[to])) {
            found.add(edge[to]);
            queue.push(edge[to]);
          }
        }
      }
    }
    return found;
  }

  function select(id, { move = false } = {}) {
    selected = byId.has(id) ? id : null;
    kin = selected === null ? null : relatives(selected);
    network.setSelection(
      { nodes: selected === null ? [] : [selected], edges: [] },
      { highlightEdges: false },
    );
    colourNodes();
    showDetails();
    history.replaceState(
      null,
      "",
      selected === null ? location.pathname + location.search : `#n=${encodeURIComponent(selected)}`,
    );
    if (selected !== null && move) {
      const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
      network.focus(selected, {
        scale: Math.max(network.getScale(), 0.9),
        animation: still ? false : { duration: 300 },
      });
    }
  }

  network.on("click", ({ nodes: [id] }) => select(id ?? null));

  // ---- details

  function element(tag, text, attributes = {}) {
    const made = document.createElement(tag);
    if (text !== undefined) made.textContent = text;
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    return made;
  }

  function outward(url, text) {
    let parsed = null;
    try {
      parsed = new URL(url);
    } catch {
      return element("span", text);
    }
    if (!["http:", "https:"].includes(parsed.protocol)) return element("span", text);
    return element("a", text, { href: parsed.href, rel: "noopener noreferrer", target: "_blank" });
  }

  function jump(id) {
    const spot = byId.get(id);
    const button = element("button", spot ? `${spot.name} (${spot.year})` : id, {
      type: "button",
      class: "link",
    });
    button.addEventListener("click", () => select(id, { move: true }));
    return button;
  }

  function lineageList(title, list, other) {
    if (!list.length) return [];
    const items = list.map((edge) => {
      const item = element("li", `${scene.relationNames[edge.relation]} `);
      item.append(jump(edge[other]));
      item.append(
        element("span", `${edge.statement} [${edge.source}; ${edge.basis}, confidence ${edge.confidence}]`, {
          class: "evidence",
        }),
      );
      return item;
    });
    const all = element("ul");
    all.append(...items);
    return [element("h3", `${title} (${list.length})`), all];
  }

  function showDetails() {
    details.replaceChildren();
    details.hidden = selected === null;
    if (selected === null) return;
    const spot = byId.get(selected);
    const close = element("button", "Close", { type: "button", class: "close" });
    close.addEventListener("click", () => select(null));
    const facts = element("dl");
    for (const [name, value] of spot.facts) facts.append(element("dt", name), element("dd", value));
    details.append(close, element("h2", spot.name), facts);
    if (spot.links.length) {
      const list = element("ul");
      for (const [name, url] of spot.links) {
        const item = element("li", `${name}: `);
        item.append(outward(url, url));
        list.append(item);
      }
      details.append(element("h3", "Links"), list);
    }
    details.append(
      ...lineageList(
        "Built on",
        scene.edges.filter((edge) => edge.child === selected),
        "parent",
      ),
      ...lineageList(
        "Built upon by",
        scene.edges.filter((edge) => edge.parent === selected),
        "child",
      ),
    );
  }

  // ---- legend

  const SHAPES = {
    dot: "M7 1a6 6 0 1 0 .01 0Z",
    square: "M2 2h10v10H2Z",
    triangle: "M7 1l6 11H1Z",
    diamond: "M7 0l6 7-6 7-6-7Z",
    star: "M7 0l2 5h5l-4 3 1.500 6L7 10.500 2.500 14 4 8 0 5h5Z",
    triangleDown: "M1 2h12L7 13Z",
    hexagon: "M4 1h6l3 6-3 6H4L1 7Z",
  };

  function sign(paths) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("width", "22");
    svg.setAttribute("height", "14");
    svg.setAttribute("aria-hidden", "true");
    for (const attributes of paths) {
      const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
      for (const [name, value] of Object.entries(attributes)) path.setAttribute(name, value);
      svg.append(path);
    }
    return svg;
  }

  function toggles(title, entries, hidden) {
    const list = element("ul");
    for (const { id, name, picture } of entries) {
      const box = element("input", undefined, { type: "checkbox" });
      box.checked = !hidden.has(id);
      box.addEventListener("change", () => {
        if (box.checked) hidden.delete(id);
        else hidden.add(id);
        if (selected !== null) kin = relatives(selected);
        colourNodes();
      });
      const label_ = element("label");
      label_.append(box, picture, element("span", name));
      const item = element("li");
      item.append(label_);
      list.append(item);
    }
    return [element("h2", title), list];
  }

  function showLegend() {
    const count = (test) => scene.edges.filter(test).length;
    legend.replaceChildren(
      ...toggles(
        "Families (colour and shape)",
        scene.lanes.map((lane) => ({
          id: lane.id,
          name: lane.name,
          picture: sign([
            {
              d: SHAPES[scene.shapes[lane.colour]],
              fill: theme().families[lane.colour],
              stroke: theme().outline,
            },
          ]),
        })),
        hiddenLanes,
      ),
      ...toggles(
        "Relations",
        scene.relations.map(({ relation, group }) => ({
          id: relation,
          name: `${scene.relationNames[relation]} (${count((edge) => edge.relation === relation)})`,
          picture: sign([{ d: "M0 7h22", stroke: theme().groups[group], "stroke-width": "3" }]),
        })),
        hiddenRelations,
      ),
      element("p", "Filled: in the list. Hollow: a parent outside it. Size: number of descendants."),
    );
  }

  // ---- keyboard and search

  const names = document.getElementById("names");
  const search = new Map();
  for (const spot of scene.spots) {
    for (const name of [spot.name, ...spot.otherNames]) {
      if (!search.has(name.toLowerCase())) search.set(name.toLowerCase(), spot.id);
    }
    names.append(element("option", undefined, { value: spot.name }));
  }
  const query = document.getElementById("query");

  function find() {
    const text = query.value.trim().toLowerCase();
    if (!text) return;
    const id = search.get(text) ?? [...search].find(([name]) => name.includes(text))?.[1];
    query.setCustomValidity(id ? "" : "No model here has that name.");
    if (id) select(id, { move: true });
    else query.reportValidity();
  }

  query.addEventListener("input", () => query.setCustomValidity(""));
  query.addEventListener("change", find);
  document.getElementById("find").addEventListener("submit", (event) => {
    event.preventDefault();
    find();
  });
  document.getElementById("fit").addEventListener("click", () => {
    select(null);
    fitAll();
  });
  const legendToggle = document.getElementById("legend-toggle");
  legendToggle.addEventListener("click", () => {
    legend.hidden = !legend.hidden;
    legendToggle.setAttribute("aria-expanded", String(!legend.hidden));
  });

  function neighbour(key) {
    if (key === "ArrowLeft") return scene.edges.find((edge) => edge.child === selected)?.parent;
    if (key === "ArrowRight") return scene.edges.find((edge) => edge.parent === selected)?.child;
    const lane = scene.spots.filter((spot) => spot.lane === byId.get(selected).lane);
    lane.sort((a, b) => a.x - b.x || a.y - b.y);
    const index = lane.findIndex((spot) => spot.id === selected);
    return lane.at((index + (key === "ArrowDown" ? 1 : -1)) % lane.length)?.id;
  }

  canvas.addEventListener("keydown", (event) => {
    if (!["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"].includes(event.key)) return;
    event.preventDefault();
    const id = selected === null ? scene.byWeight[0] : neighbour(event.key);
    if (id) select(id, { move: true });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && document.activeElement !== query) {
      event.preventDefault();
      query.focus();
    } else if (event.key === "Escape") {
      select(null);
    }
  });

  // ---- start

  dark.addEventListener("change", () => {
    showLegend();
    colourNodes();
  });
  addEventListener("hashchange", () =>
    select(decodeURIComponent(location.hash.slice(3)) || null, { move: true }),
  );
  if (innerWidth < 700) {
    legend.hidden = true;
    legendToggle.setAttribute("aria-expanded", "false");
  }
  showLegend();
  colourNodes();
  network.once("afterDrawing", () => {
    fitAll();
    if (location.hash.startsWith("#n=")) select(decodeURIComponent(location.hash.slice(3)), { move: true });
    requestAnimationFrame(() =>
      requestAnimationFrame(() => document.body.setAttribute("data-ready", "true")),
    );
  });
})();
