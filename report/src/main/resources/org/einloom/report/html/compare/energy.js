// The energy of each design by what it is spent in.

const KINDS = [
  ['outermost', 'outermost memory'], ['memory', 'other memories'], ['network', 'networks and links'], ['compute', 'computes'], ['unknown', 'other'],
];

function kindOf(i, component) {
  if (component === designs[i].outermostMemory) return 'outermost';
  const kind = results[i].hardware?.nodes?.find((n) => n.component === component)?.kind;
  return { memory: 'memory', fanout: 'network', toll: 'network', compute: 'compute' }[kind] ?? 'unknown';
}

function designEnergyPanel() {
  if (results.some((r) => !r.layers?.length)) return null;
  const sums = results.map((r, i) => {
    const sum = Object.fromEntries(KINDS.map(([k]) => [k, 0]));
    r.layers.forEach((l) => l.components.forEach((c) => { sum[kindOf(i, c.name)] += c.energyPj * l.repeats; }));
    return sum;
  });
  const present = KINDS.filter(([k]) => sums.some((s) => s[k] > 0));
  const color = (k) => seriesColor({ outermost: 0, memory: 1, network: 3, compute: 6, unknown: 12 }[k]);
  const view = { share: false };
  const total = (i) => Object.values(sums[i]).reduce((a, b) => a + b, 0);
  return chartPanel({
    id: 'energy', title: 'Where the energy goes', about: 'Of the whole workload, by what it is spent in.',
    marks: () => designs.length * KINDS.length, height: () => barsHeight(designs.length) + 12,
    switches: [choice('Scale', [['energy', 'Energy'], ['share', 'Share']], 'energy', (s) => { view.share = s === 'share'; charts.get('energy').draw(); })],
    legend: () => present.map(([k, name]) => h('span', { class: 'key' }, h('span', { class: 'swatch', style: { background: color(k) } }), name)),
    option: (width) => barsOption({
      names: designNames, label: (i) => designNames[i],
      series: present.map(([k, name]) => ({ key: k, name, color: color(k), values: sums.map((s, i) => (view.share ? (total(i) ? (100 * s[k]) / total(i) : 0) : s[k])) })),
      axis: (v) => (view.share ? `${v}%` : tick(v * 1e-12, 'J')), most: view.share ? 100 : undefined,
      total: view.share ? null : (i) => energy(total(i)),
      tooltip: (i) => tip(designNames[i], present.map(([k, name]) => [color(k), name, `${energy(sums[i][k])}  ${percent(total(i) ? sums[i][k] / total(i) : 0)}`]).concat([[null, 'together', energy(total(i))]])),
    }, width),
    table: () => dataTable({
      id: 'energy-table', caption: 'Where the energy goes', rows: designs.map((d, i) => i),
      columns: [{ key: 'name', name: 'Design', value: (i) => designNames[i], show: (i) => designNames[i] },
        ...present.map(([k, name]) => ({ key: k, name, number: true, value: (i) => sums[i][k], show: (i) => energy(sums[i][k]) }))],
    }),
  });
}
