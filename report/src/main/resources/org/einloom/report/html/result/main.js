// The page of one result.

let layerSection;
let layersSection;

/** Shows a layer; goes there if asked to. */
function selectLayer(i, go = false) {
  state.layer = i;
  layerSection.refresh();
  layersSection.refresh();
  document.getElementById('memory-table')?.refresh();
  ['energy', 'latency', 'utilization', 'roofline'].forEach((id) => charts.get(id)?.draw());
  history.replaceState(null, '', `#layer=${i + 1}`);
  if (go) layerSection.scrollIntoView({ behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' });
}

function componentVariables() {
  components.forEach((c) => document.documentElement.style.setProperty(`--component-${c.index}`, seriesColor(c.index)));
}

function main() {
  const occurrences = layers.reduce((s, l) => s + l.repeats, 0);
  const about = [layers.length === occurrences ? plural(layers.length, 'layer') : `${plain(layers.length)} distinct of ${plural(occurrences, 'layer')}`,
    `${count(totals.macs)} MACs`, totals.operations && `${count(totals.operations)} other operations`, `objective ${totals.optimality?.objective ?? '–'}`, `policy ${result.policy}`,
    design.clockHz && si(design.clockHz, 'Hz'), design.technology].filter(Boolean).join(' · ');
  const title = [result.workload, h('span', { class: 'on' }, ' on '), result.architecture];
  [roleVariables, componentVariables].forEach((f) => { f(); theme.listeners.push(f); });
  const sections = [['overview', 'Overview'], ['energy', 'Energy'], ['latency', 'Latency'], ['roofline', 'Roofline'], ['memory', 'Memory'], ['sparsity', 'Zeros'], ['layers', 'Layers'], ['layer', 'Mapping'], ['costs', 'Costs'], ['inputs', 'Inputs']];
  const wanted = Number(/^#layer=(\d+)$/.exec(location.hash)?.[1] ?? 1) - 1;
  state.layer = wanted >= 0 && wanted < layers.length ? wanted : 0;
  layersSection = layersPanel();
  layerSection = layerPanel();
  const panels = [cards(), notCosted(), energyPanel(),
    h('div', { class: 'pair' }, latencyPanel(), utilizationPanel()),
    rooflinePanel(), memoryPanel(), sparsityPanel(), layersSection, layerSection, costsPanel(), inputsPanel()].filter(Boolean);
  const present = new Set(panels.flatMap((p) => [p.id, ...[...p.querySelectorAll('section')].map((s) => s.id)]));
  const page = document.getElementById('page');
  fill(page, frame(title, about, [badge(proof(totals.optimality))], sections.filter(([id]) => present.has(id)), answer()),
    h('main', { class: 'wide' }, panels),
    h('footer', { class: 'wide foot' }, `Made by Einloom ${result.einloom}. Charts by Apache ECharts (Apache License 2.0). Font Inter (SIL Open Font License 1.1).`),
    drawer.dialog);
  layerSection.refresh();
  drawCharts();
  markSections();
  if (wanted === state.layer && location.hash) layerSection.scrollIntoView();
  globalThis.einloom = { charts, data: result, selectLayer };
}

main();
