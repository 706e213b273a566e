// The page of a comparison.

function main() {
  const workloads = [...new Set(designs.map((d) => d.workload))];
  const variables = () => designs.forEach((d, i) => document.documentElement.style.setProperty(`--design-${i}`, designColor(i)));
  variables();
  theme.listeners.push(variables);
  const sections = [['metrics', 'Metrics'], ['energy', 'Energy'], ['flexibility', 'Flexibility'], ['layers', 'Layers']];
  const title = designNames.flatMap((n, i) => (i ? [h('span', { class: 'on' }, ' vs '), n] : [n]));
  const panels = [
    ...data.warnings.map((w) => h('p', { class: 'notice' }, h('b', {}, 'Mind: '), w)),
    metricsPanel(), designEnergyPanel(), kindsPanel(), layersComparison()].filter(Boolean);
  const present = new Set(panels.map((p) => p.id));
  const about = workloads.length === 1 ? `${workloads[0]} · ${count(designs[0].macs)} MACs · ${plural(designs.length, 'design')}` : `${plural(designs.length, 'result')} of ${plural(workloads.length, 'workload')}`;
  fill(document.getElementById('page'), frame(title, about, [], sections.filter(([id]) => present.has(id)), answer()),
    h('main', { class: 'wide' }, panels),
    h('footer', { class: 'wide foot' }, `Made by Einloom ${data.einloom}. Charts by Apache ECharts (Apache License 2.0). Font Inter (SIL Open Font License 1.1).`));
  drawCharts();
  markSections();
  globalThis.einloom = { charts, data };
}

main();
