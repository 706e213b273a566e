// How full the memories are: the largest tiles that an instance holds, by layer and by tensor.

function memoryPanel() {
  const memories = design.nodes.filter((n) => n.kind === 'memory' && n.capacityBits && layers.some((l) => held(l, n.name).length));
  if (!memories.length || !layers.length) return null;
  const holding = layers.map((l, i) => i).filter((i) => memories.some((m) => held(layers[i], m.name).length));
  const roles = [...new Set(layers.flatMap((l) => tensorsOf(l).map((t) => t.role)))];
  return h('section', { class: 'panel', id: 'memory', 'aria-labelledby': 'title-memory' },
    panelHead('memory', 'Memory occupancy', 'The most that one instance holds at a time, as a share of its capacity.'),
    h('div', { class: 'legend', id: 'memory-legend' }, roles.map((r) => h('span', { class: 'key' }, h('span', { class: 'swatch role', 'data-role': r }), r))),
    dataTable({
      id: 'memory-table', caption: 'Memory occupancy', rows: holding,
      filter: holding.length > 12 ? (i) => layers[i].name : null, placeholder: 'Filter layers',
      selected: (i) => i === state.layer, onrow: (i) => selectLayer(i, true),
      columns: [nameColumn(), ...memories.map((m) => ({
        key: m.name, name: `${m.name} · ${size(m.capacityBits)}`, title: `${plural(m.instances, 'instance')} of ${size(m.capacityBits)}`,
        value: (i) => held(layers[i], m.name).reduce((s, [, bits]) => s + bits, 0),
        show: (i) => occupancy(layers[i], m),
      }))],
    }),
    holding.length < layers.length && h('p', { class: 'footnote' }, `${plural(layers.length - holding.length, 'layer')} not shown: nothing of them is held there.`));
}

/** Bits of each tensor that an instance holds at most. */
function held(layer, memory) {
  return Object.entries(componentOf(layer, memory)?.tensors ?? {})
    .filter(([, f]) => f.heldBits > 0).map(([tensor, f]) => [tensor, f.heldBits]);
}

function occupancy(layer, memory) {
  const parts = held(layer, memory.name);
  const bits = parts.reduce((s, [, b]) => s + b, 0);
  if (!bits) return h('span', { class: 'dim' }, '–');
  const label = `${size(bits)} of ${size(memory.capacityBits)}: ${parts.map(([t, b]) => `${t} ${size(b)}`).join(', ')}`;
  return h('span', { class: 'occupied' },
    miniBar(parts.map(([t, b]) => [b / memory.capacityBits, `var(--role-${roleOf(layer, t)})`]), label),
    h('span', { class: 'number' }, percent(bits / memory.capacityBits)));
}

/** Bars and swatches take the colours of tensors from here, so that they follow the theme. */
function roleVariables() {
  ROLES.forEach((r) => document.documentElement.style.setProperty(`--role-${r}`, roleColor(r)));
}
