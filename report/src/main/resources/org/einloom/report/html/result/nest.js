// The loop nest of a mapping, drawn: one line per loop and storage node, one lane per tensor. A lane begins where the
// tensor is kept; a filled dot is a loop that moves the tile, a ring one under which it stays.

function nestDrawing(layer) {
  if (!layer.nest?.length || !layer.einsum) return mappingText(layer.mapping);
  const tensors = tensorsOf(layer);
  const lines = nestLines(layer.nest);
  const still = stationary(lines, tensors);
  const head = h('div', { class: 'nest-row nest-head', role: 'row' }, h('span', { class: 'lanes' }, tensors.map((t) => h('span', { class: 'lane-name', role: 'columnheader', title: `${t.name}: ${t.role}` }, short(t.name, 8)))),
    h('span', { class: 'nest-text', role: 'columnheader' }, 'Loops and what is kept, outermost first'));
  let depth = 0;
  const rows = lines.map((line, index) => {
    const indent = depth;
    if (line.loop) depth++;
    return h('div', { class: `nest-row ${line.keep ? 'keep' : line.fanout ? 'spatial' : 'temporal'}`, role: 'row' },
      h('span', { class: 'lanes', role: 'cell' }, tensors.map((t) => lane(t, line, index, lines))),
      h('span', { class: 'nest-text', role: 'cell', style: { '--depth': Math.min(indent, 24) } }, line.keep ? keepText(line, tensors) : loopText(line), stays(still, index)));
  });
  const compute = computeOf(layer);
  rows.push(h('div', { class: 'nest-row compute', role: 'row' },
    h('span', { class: 'lanes', role: 'cell' }, tensors.map((t) => h('span', { class: 'lane', style: { '--lane': `var(--role-${t.role})` } }, h('i', { class: 'wire end' })))),
    h('span', { class: 'nest-text', role: 'cell', style: { '--depth': Math.min(depth, 24) } }, h('span', { class: 'word' }, 'compute '), h('b', {}, compute?.name ?? ''))));
  return h('div', { class: 'nest-scroller', tabindex: '0', role: 'region', 'aria-label': 'Loop nest' }, h('div', { class: 'nest', role: 'table', 'aria-label': `Loop nest of ${layer.name}` }, head, rows));
}

/** Storage nodes of one memory that follow each other are one line. */
function nestLines(nest) {
  const lines = [];
  for (const node of nest) {
    const last = lines.at(-1);
    if (node.keep !== undefined && last?.keep && last.memory === node.memory) last.keep.push(node.keep);
    else if (node.keep !== undefined) lines.push({ keep: [node.keep], memory: node.memory });
    else lines.push(node);
  }
  return lines;
}

function keepText(line, tensors) {
  return [h('span', { class: 'word' }, 'keep '), line.keep.map((name) => {
    const role = tensors.find((t) => t.name === name)?.role ?? 'input';
    return h('span', { class: 'chip', style: { '--lane': `var(--role-${role})` } }, name);
  }), h('span', { class: 'word' }, ' in '), h('b', {}, line.memory)];
}

function loopText(line) {
  const last = line.outer % line.tile;
  const range = `0..${plain(line.outer)}`;
  return [h('span', { class: 'word' }, line.fanout ? 'parallel ' : 'for '), h('b', {}, line.loop), ' in ', range,
    line.tile > 1 && [' step ', plain(line.tile)], last > 0 && h('span', { class: 'dim' }, ` (last ${plain(last)})`),
    line.fanout && [h('span', { class: 'word' }, ' on '), `${line.fanout}.${line.dimension}`],
    h('span', { class: 'times' }, `×${plain(line.iterations)}`)];
}

/** What one line does to one tensor. */
function lane(tensor, line, index, lines) {
  const first = lines.findIndex((l) => l.keep?.includes(tensor.name));
  const color = { '--lane': `var(--role-${tensor.role})` };
  if (line.keep?.includes(tensor.name)) {
    return h('span', { class: 'lane', style: color, title: `${tensor.name} is kept in ${line.memory}` },
      h('i', { class: index === first ? 'wire begin' : 'wire' }), h('i', { class: 'box' }));
  }
  if (first < 0 || index < first) return h('span', { class: 'lane' });
  const moves = line.loop && tensor.indexedBy.includes(line.loop);
  const label = line.loop && (line.fanout
    ? `${line.loop} ${moves ? `gives each instance other words of ${tensor.name}` : `gives all instances the same words of ${tensor.name}`}`
    : `${line.loop} ${moves ? `moves on in ${tensor.name}` : `comes back to the same words of ${tensor.name}`}`);
  return h('span', { class: 'lane', style: color, title: label }, h('i', { class: 'wire' }),
    line.loop && h('i', { class: moves ? 'dot' : 'ring', role: 'img', 'aria-label': label }));
}

/**
 * Which tensor is stationary at each level: after the storage nodes of a memory, up to the next ones, the innermost
 * temporal loops that do not index it; while these advance, the same words are in use.
 */
function stationary(lines, tensors) {
  const found = new Map();
  let level = null;
  let loops = [];
  const finish = (end) => {
    for (const t of tensors) {
      const run = [];
      for (const l of [...loops].reverse()) {
        if (t.indexedBy.includes(l.loop)) break;
        if (l.iterations > 1) run.unshift(l);
      }
      if (level !== null && run.length) {
        const list = found.get(end) ?? [];
        list.push({ tensor: t, loops: run });
        found.set(end, list);
      }
    }
  };
  let lastLoop = -1;
  lines.forEach((line, i) => {
    if (line.keep) {
      if (loops.length) finish(lastLoop);
      level = line.memory;
      loops = [];
    } else if (!line.fanout) {
      loops.push(line);
      lastLoop = i;
    }
  });
  if (loops.length) finish(lastLoop);
  return found;
}

function stays(found, index) {
  const list = (found.get(index) ?? []).filter((s) => s.loops.length);
  return list.map(({ tensor, loops }) => h('span', { class: 'stays', style: { '--lane': `var(--role-${tensor.role})` }, title: `The words of ${tensor.name} in use stay the same while ${loops.map((l) => l.loop).join(', ')} advance` },
    `${tensor.name} stationary over ${loops.map((l) => l.loop).join(', ')} ×${plain(loops.reduce((p, l) => p * l.iterations, 1))}`));
}

/** Each fanout on the layer's path as a field of its instances, those in use filled; something moves through each. */
function arrayDrawings(layer) {
  const onPath = (n) => n.kind === 'fanout' && Object.keys(componentOf(layer, n.name)?.tensors ?? {}).length > 0;
  return (layer.nest ? design.nodes : []).filter(onPath).map((fanout) => {
    const sizes = fanout.dimensions.map(({ name, size: n }) => {
      const loops = layer.nest.filter((l) => l.fanout === fanout.name && l.dimension === name);
      return { name, size: n, used: loops.reduce((p, l) => p * l.iterations, 1), loops };
    });
    const [x, y = { name: '', size: 1, used: 1, loops: [] }, ...more] = sizes;
    const text = (d) => `${d.name}: ${plain(d.used)} of ${plain(d.size)}${d.loops.length ? ` (${d.loops.map((l) => `${l.loop} ×${plain(l.iterations)}`).join(', ')})` : ''}`;
    const label = `${fanout.name}: ${sizes.map(text).join('; ')}`;
    return h('figure', { class: 'array' }, field(x, y, label),
      h('figcaption', {}, h('b', {}, fanout.name), [x, y, ...more].filter((d) => d.name).map((d) => h('span', {}, text(d)))));
  });
}

function field(x, y, label) {
  const most = 16;
  const columns = Math.min(x.size, most);
  const rows = Math.min(y.size, most);
  // a row of many is broken into a square, as far as it is one dimension
  const wrap = y.size === 1 && x.size > most ? Math.ceil(Math.sqrt(Math.min(x.size, 256))) : 0;
  const cells = [];
  const cell = (c, r, on) => cells.push(svg('rect', { x: c * 8 + 1, y: r * 8 + 1, width: 6, height: 6, rx: 1.5, class: on ? 'on' : 'off' }));
  const total = wrap ? Math.min(x.size, wrap * wrap) : columns * rows;
  for (let i = 0; i < total; i++) {
    if (wrap) cell(i % wrap, Math.floor(i / wrap), i < Math.ceil((x.used / x.size) * total));
    else {
      const c = i % columns;
      const r = Math.floor(i / columns);
      cell(c, r, c < Math.ceil((x.used / x.size) * columns) && r < Math.ceil((y.used / y.size) * rows));
    }
  }
  const w = (wrap || columns) * 8;
  const hh = (wrap ? Math.ceil(total / wrap) : rows) * 8;
  return svg('svg', { viewBox: `0 0 ${w} ${hh}`, width: Math.max(w, 8), height: Math.max(hh, 8), role: 'img', 'aria-label': label }, svg('title', {}, label), cells);
}

function mappingText(text) {
  return h('pre', { class: 'code' }, text ?? 'no mapping');
}
