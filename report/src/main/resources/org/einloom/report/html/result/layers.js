// All layers in a table that leads to each of them.

function layersPanel() {
  const most = Math.max(...layers.map((l) => l.energyPj * l.repeats), 1e-300);
  const longest = Math.max(...layers.map((l) => l.latencyS * l.repeats), 1e-300);
  const bar = (share, color) => h('span', { class: 'under', style: { width: `${100 * share}%`, background: color } });
  const operationsKnown = layers.some((l) => l.operations);
  const table = dataTable({
    id: 'layers-table', caption: 'Layers', placeholder: 'Filter by name, operator or bound', rows: layers.map((l, i) => i),
    filter: (i) => `${layers[i].name} ${layers[i].operator ?? ''} ${layers[i].boundBy ?? ''} ${layers[i].optimality?.status}`,
    selected: (i) => i === state.layer, onrow: (i) => selectLayer(i, true),
    columns: [
      { key: 'index', name: '#', number: true, value: (i) => -i, show: (i) => h('span', { class: 'dim' }, i + 1) },
      { key: 'name', name: 'Layer', wide: true, value: (i) => layers[i].name, show: (i) => h('a', { href: `#layer=${i + 1}`, title: layers[i].name, onclick: (event) => { event.preventDefault(); selectLayer(i, true); } }, short(labels[i], 40)) },
      { key: 'operator', name: 'Operator', value: (i) => layers[i].operator, show: (i) => layers[i].operator ?? '–' },
      { key: 'repeats', name: '×', title: 'How often the layer occurs', number: true, value: (i) => layers[i].repeats, show: (i) => plain(layers[i].repeats) },
      { key: 'macs', name: 'MACs', number: true, title: 'Of all its executions', value: (i) => layers[i].macs * layers[i].repeats, show: (i) => count(layers[i].macs * layers[i].repeats) },
      ...(operationsKnown ? [{ key: 'operations', name: 'Operations', number: true, title: 'Of all its executions', value: (i) => layers[i].operations * layers[i].repeats, show: (i) => count(layers[i].operations * layers[i].repeats) }] : []),
      { key: 'energy', name: 'Energy', title: 'Of all its executions', number: true, value: (i) => layers[i].energyPj * layers[i].repeats, show: (i) => [traced(energy(layers[i].energyPj * layers[i].repeats), () => traceLayer(i), `the energy of ${layers[i].name}`), bar((layers[i].energyPj * layers[i].repeats) / most, 'var(--accent)')] },
      { key: 'latency', name: 'Latency', title: 'Of all its executions', number: true, value: (i) => layers[i].latencyS * layers[i].repeats, show: (i) => [traced(seconds(layers[i].latencyS * layers[i].repeats), () => traceLatency(i), `the latency of ${layers[i].name}`), bar((layers[i].latencyS * layers[i].repeats) / longest, 'var(--accent)')] },
      { key: 'utilization', name: 'Util.', title: 'Utilization of the computes', number: true, value: (i) => layers[i].utilization, show: (i) => percent(layers[i].utilization) },
      { key: 'bound', name: 'Bound by', value: (i) => layers[i].boundBy, show: (i) => layers[i].boundBy && [h('span', { class: 'swatch', style: { background: `var(--component-${componentIndex.get(layers[i].boundBy)})` } }), layers[i].boundBy] },
      { key: 'traffic', name: short(totals.outermostMemory ?? 'DRAM', 12), title: 'Traffic of the outermost memory, all executions', number: true, value: (i) => layers[i].outermostBits * layers[i].repeats, show: (i) => traffic(layers[i].outermostBits * layers[i].repeats) },
      { key: 'status', name: 'Proof', value: (i) => layers[i].optimality?.gap ?? 1, show: (i) => (layers[i].optimality?.status === 'optimal' ? h('span', { class: 'good', title: 'Proven optimal' }, icon('check'), h('span', { class: 'unseen' }, 'optimal')) : proof(layers[i].optimality)[1]) },
    ],
  });
  const panel = h('section', { class: 'panel', id: 'layers', 'aria-labelledby': 'title-layers' },
    panelHead('layers', 'Layers', 'Figures include all executions of a layer. A row leads to its mapping; a figure to where it comes from.'), table);
  panel.refresh = () => table.refresh();
  return panel;
}

/** What is not in any figure, so that nobody takes it for free. */
function notCosted() {
  const list = result.notCosted ?? [];
  return list.length > 0 && h('p', { class: 'notice', id: 'not-costed' }, h('b', {}, 'Not in any figure: '),
    list.map((n) => `${n.operator} ×${plain(n.count)}`).join(', '));
}
