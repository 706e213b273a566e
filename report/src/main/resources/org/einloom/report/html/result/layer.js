// One layer in full: its figures, its loop nest, what its components cost, its other mappings worth having.

function layerPanel() {
  const panel = h('section', { class: 'panel', id: 'layer', 'aria-labelledby': 'title-layer' });
  panel.refresh = () => {
    charts.delete('front');
    const layer = layers[state.layer];
    fill(panel,
      h('header', { class: 'panel-head' }, h('div', {}, h('h2', { id: 'title-layer' }, layer.name),
        h('p', { class: 'about' }, [layer.operator, layer.repeats > 1 ? `occurs ${plain(layer.repeats)} times` : 'occurs once', 'all figures are of one execution'].filter(Boolean).join(' · '))),
      h('div', { class: 'switches' }, badge(proof(layer.optimality)), stepper())),
      layer.einsum && h('p', { class: 'einsum' }, h('code', {}, layer.einsum.expression), h('span', { class: 'dim' }, Object.entries(layer.einsum.extents).map(([v, n]) => `${v} ${plain(n)}`).join(' · '))),
      occurrences(),
      keyFigures(layer),
      h('div', { class: 'layer-grid' },
        h('div', {}, h('h3', {}, 'Mapping'), nestDrawing(layer), legendOfNest(),
          h('details', { class: 'as-table' }, h('summary', {}, 'Show as text'), copyButton(layer.mapping ?? '', 'the mapping'), mappingText(layer.mapping))),
        h('div', {}, arrays(layer), h('h3', {}, 'Components'), componentTable(layer), energyNote(layer))),
      trafficTable(layer), runnersUp(layer), tileShapes(layer), frontChart(layer));
    charts.get('front')?.draw();
  };
  return panel;
}

function stepper() {
  const go = (step) => selectLayer((state.layer + step + layers.length) % layers.length);
  return layers.length > 1 && h('span', { class: 'stepper' },
    h('button', { type: 'button', class: 'quiet', 'aria-label': 'Previous layer', onclick: () => go(-1) }, '‹'),
    h('span', { class: 'dim number' }, `${plain(state.layer + 1)} of ${plain(layers.length)}`),
    h('button', { type: 'button', class: 'quiet', 'aria-label': 'Next layer', onclick: () => go(1) }, '›'));
}

/** Where in the graph this computation stands, if more than once. */
function occurrences() {
  const names = (result.order ?? []).map((o, place) => ({ ...o, place })).filter((o) => o.layer === state.layer);
  return names.length > 1 && h('details', { class: 'as-table occurrences' }, h('summary', {}, `Its ${names.length} places in the graph`),
    h('ol', { class: 'plain' }, names.map((o) => h('li', {}, h('span', { class: 'dim number' }, `${plain(o.place + 1)}  `), o.name))));
}

function keyFigures(layer) {
  const i = state.layer;
  const entries = [
    ['Energy', traced(energy(layer.energyPj), () => traceLayer(i), 'the energy')],
    ['Latency', traced(seconds(layer.latencyS || null), () => traceLatency(i), 'the latency')],
    ['Cycles', plain(layer.cycles)],
    ['Bound by', layer.boundBy ?? 'nothing'],
    ['Utilization', percent(layer.utilization, 1)],
    [layer.operations && !layer.macs ? 'Operations' : 'MACs', count(layer.macs || layer.operations || 0)],
    [`${totals.outermostMemory} traffic`, traffic(layer.outermostBits)],
  ];
  return h('dl', { class: 'key-figures' }, entries.map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value))));
}

const legendOfNest = () => h('p', { class: 'footnote nest-legend' },
  h('span', {}, h('i', { class: 'dot' }), 'the loop moves on in the tensor'), h('span', {}, h('i', { class: 'ring' }), 'it comes back to the same words'), h('span', {}, h('i', { class: 'box' }), 'kept here'));

function arrays(layer) {
  const drawings = arrayDrawings(layer);
  return drawings.length > 0 && [h('h3', {}, 'Spatial arrays'), h('div', { class: 'arrays' }, drawings)];
}

/** Whether a layer makes a component do something but leak. */
const isIdle = (c) => Object.keys(c.actions).every((a) => a === 'leak') && !Object.keys(c.tensors).length;

function componentTable(layer) {
  const most = Math.max(...layer.components.map((c) => c.energyPj), 1e-300);
  const row = (c) => h('tr', {},
    h('td', {}, h('span', { class: 'swatch', style: { background: `var(--component-${componentIndex.get(c.name)})` } }), c.name, c.instances > 1 && h('span', { class: 'dim' }, ` ×${plain(c.instances)}`)),
    h('td', { class: 'number' }, traced(energy(c.energyPj), () => traceComponent(layers.indexOf(layer), c.name), `the energy of ${c.name}`),
      h('span', { class: 'under', style: { width: `${(100 * c.energyPj) / most}%`, background: `var(--component-${componentIndex.get(c.name)})` } })),
    h('td', { class: 'number' }, layer.cycles > 0 && c.latencyCycles !== undefined ? percent(c.latencyCycles / layer.cycles) : '–'),
    h('td', { class: 'number' }, heldOf(layer, c)));
  const table = (list) => h('div', { class: 'scroller' }, h('table', { class: 'data components' },
    h('thead', {}, h('tr', {}, ['Component', 'Energy', 'Busy', 'Held'].map((t, i) => h('th', { scope: 'col', class: i ? 'number' : '' }, t)))),
    h('tbody', {}, list.map(row))));
  const idle = layer.components.filter(isIdle);
  return [table(layer.components.filter((c) => !isIdle(c))),
    idle.length > 0 && h('details', { class: 'as-table idle' },
      h('summary', {}, `${plural(idle.length, 'idle component')}, ${energy(idle.reduce((s, c) => s + c.energyPj, 0))} of leakage`), table(idle))];
}

function heldOf(layer, c) {
  const bits = held(layer, c.name).reduce((s, [, b]) => s + b, 0);
  const capacity = nodes.get(c.name)?.capacityBits;
  return bits && capacity ? h('span', { title: `${size(bits)} of ${size(capacity)}` }, size(bits), h('span', { class: 'dim' }, ` ${percent(bits / capacity)}`)) : '–';
}

const energyNote = (layer) => h('p', { class: 'footnote' }, `Busy: its time as a share of the layer's ${plain(layer.cycles)} cycles. Held: the most that an instance holds.`);

/** How far each memory is from what it must move at least, where the result tells. */
function trafficTable(layer) {
  const list = layer.explanation?.traffic;
  if (!list?.length) return null;
  return [h('h3', {}, 'Words moved against the least possible'), h('div', { class: 'scroller' }, h('table', { class: 'data' },
    h('thead', {}, h('tr', {}, ['Memory', 'Tensor', 'Words', 'Compulsory', 'Ratio'].map((t, i) => h('th', { scope: 'col', class: i > 1 ? 'number' : '' }, t)))),
    h('tbody', {}, list.map((t) => h('tr', {}, h('td', {}, t.memory), h('td', {}, t.tensor), h('td', { class: 'number' }, plain(t.words)), h('td', { class: 'number' }, plain(t.compulsory)),
      h('td', { class: 'number' }, t.compulsory ? `${(t.words / t.compulsory).toFixed(2)}×` : '–'))))))];
}

/** The value of the objective of the whole for one execution of a layer, which runners-up are measured by. */
function valueOf(layer) {
  const own = { energy: layer.energyPj, latency: layer.latencyS, edp: layer.energyPj * layer.latencyS };
  const objective = totals.optimality?.objective;
  return own[objective] ?? (layer.optimality?.objective === objective ? layer.optimality.value : null);
}

function runnersUp(layer) {
  const list = layer.explanation?.runnersUp;
  if (!list?.length) return null;
  const value = valueOf(layer);
  return [h('h3', {}, 'The best of other dataflows'), h('ul', { class: 'plain' }, list.map((r) => h('li', {},
    h('b', { class: 'number' }, value > 0 ? `${r.exact ? '' : '≥ '}${figure(r.value / value, 4)} times this one` : `${r.exact ? '' : '≥ '}${plain(r.value)}`), ', ', r.dataflow)))];
}

function tileShapes(layer) {
  const shapes = layer.explanation?.tileShapes;
  if (!shapes) return null;
  const value = valueOf(layer);
  return [h('h3', {}, 'Other tile shapes'), h('p', {}, `Of ${plain(shapes.count)} for these loops in their order ${plain(shapes.fitting)} fit into the memories. `
    + `${plain(shapes.within1Percent)} of them are within 1 % of the best of them, ${plain(shapes.within10Percent)} within 10 %, ${plain(shapes.withinTwice)} within twice`
    + (value > 0 ? `; half of them have at least ${figure(shapes.median / value, 3)} times its value.` : '.'))];
}

function frontChart(layer) {
  const front = layer.front;
  if (!front?.length) return null;
  if (front.length === 1) return h('p', { class: 'footnote' }, 'No other mapping is better than this one in energy or in latency.');
  const chosen = h('div', { class: 'chosen' });
  const panel = chartPanel({
    id: 'front', class: 'inner', title: 'Pareto front',
    about: `${plural(front.length, 'mapping')} that no other beats in both energy and latency. A click shows one.`,
    marks: () => front.length, height: () => 300,
    option: () => ({
      grid: { left: 8, right: 24, top: 16, bottom: 30, containLabel: true },
      tooltip: { ...look().tooltip, formatter: (p) => tip(`mapping ${p.dataIndex + 1}`, [[null, 'energy', energy(front[p.dataIndex].energyPj)], [null, 'latency', seconds(front[p.dataIndex].latencyS)]]) },
      xAxis: { type: 'value', scale: true, ...axisLook({ splitNumber: 4 }), name: 'latency', nameLocation: 'middle', nameGap: 26, axisLabel: { ...axisLook().axisLabel, formatter: (v) => tick(Number(v.toPrecision(4)), 's') } },
      yAxis: { type: 'value', scale: true, ...axisLook({ splitNumber: 4 }), axisLabel: { ...axisLook().axisLabel, formatter: (v) => tick(v * 1e-12, 'J') } },
      series: [{
        id: 'front', name: 'front', type: 'line', step: 'end', symbol: 'circle', symbolSize: 9, cursor: 'pointer',
        data: front.map((p) => [p.latencyS, p.energyPj]), itemStyle: { color: theme.token('accent') }, lineStyle: { color: theme.token('accent'), width: 1.5, opacity: 0.5 },
      }, {
        id: 'chosen', name: 'chosen', type: 'scatter', symbolSize: 16, silent: true, data: [[layer.latencyS, layer.energyPj]],
        itemStyle: { color: 'transparent', borderColor: theme.token('ink'), borderWidth: 1.5 },
      }],
    }),
    onclick: (event) => { if (event.seriesId === 'front') fill(chosen, h('h3', {}, `Mapping ${event.dataIndex + 1}`), mappingText(front[event.dataIndex].mapping)); },
    table: () => dataTable({
      id: 'front-table', caption: 'Pareto front', rows: front, columns: [
        { key: 'energy', name: 'Energy', number: true, value: (p) => p.energyPj, show: (p) => energy(p.energyPj, 5) },
        { key: 'latency', name: 'Latency', number: true, value: (p) => p.latencyS, show: (p) => seconds(p.latencyS, 5) },
        { key: 'cycles', name: 'Cycles', number: true, value: (p) => p.cycles, show: (p) => plain(p.cycles) }],
      onrow: (p) => fill(chosen, h('h3', {}, 'Mapping'), mappingText(p.mapping)),
    }),
  });
  return [panel, chosen];
}
