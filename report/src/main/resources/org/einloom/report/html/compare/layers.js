// Layer by layer, where the designs ran the same layers.

function matchedLayers() {
  const maps = results.map((r) => new Map((r.layers ?? []).map((l) => [`${l.name}\n${l.macs}`, l])));
  return [...maps[0].keys()].filter((key) => maps.every((m) => m.has(key))).map((key) => maps.map((m) => m.get(key)));
}

function layersComparison() {
  const rows = matchedLayers();
  const all = Math.max(...results.map((r) => r.layers?.length ?? 0));
  if (!rows.length) return null;
  const views = {
    energy: { name: 'Energy', of: (l) => l.energyPj * l.repeats, show: (v) => energy(v), axis: (v) => tick(v * 1e-12, 'J') },
    latency: { name: 'Latency', of: (l) => l.latencyS * l.repeats, show: (v) => seconds(v), axis: (v) => tick(v, 's') },
    utilization: { name: 'Utilization', of: (l) => (l.utilization === null ? null : 100 * l.utilization), show: (v) => (v === null ? '–' : percent(v / 100)), axis: (v) => `${v}%`, most: 100 },
  };
  const brief = briefNames(rows.map(([l]) => l));
  const called = new Map(rows.map(([l], i) => [l, brief[i]]));
  let view = views.energy;
  const tableHost = h('div');
  const table = () => fill(tableHost, dataTable({
    id: 'layers-table', caption: `${view.name} by layer`, placeholder: 'Filter layers', rows, filter: ([l]) => `${l.name} ${l.operator ?? ''}`,
    columns: [{ key: 'name', name: 'Layer', wide: true, value: ([l]) => l.name, show: ([l]) => h('span', { title: l.name }, short(called.get(l), 40)) },
      { key: 'repeats', name: '×', number: true, value: ([l]) => l.repeats, show: ([l]) => plain(l.repeats) },
      ...designs.flatMap((d, i) => [
        { key: `v${i}`, name: designNames[i], number: true, value: (r) => view.of(r[i]), show: (r) => view.show(view.of(r[i])) },
        ...(i > 0 ? [{ key: `r${i}`, name: '×', title: `${designNames[i]} against ${designNames[0]}`, number: true, value: (r) => ratio(r, i), show: (r) => (ratio(r, i) === null ? '–' : h('span', { class: 'dim' }, `${figure(ratio(r, i))}×`)) }] : []),
      ])],
  }));
  const ratio = (r, i) => (view.of(r[0]) > 0 && view.of(r[i]) !== null ? view.of(r[i]) / view.of(r[0]) : null);
  table();
  const named = rows.length <= MOST_NAMED;
  const panel = chartPanel({
    id: 'layers', title: 'Layer by layer',
    about: rows.length < all ? `${plural(rows.length, 'layer')} that all designs ran.` : 'Figures include all executions of a layer.',
    marks: () => rows.length * designs.length,
    height: () => (named ? Math.max(rows.length * (12 + 11 * designs.length) + 40, 110) : 320),
    switches: [choice('Figure', Object.entries(views).map(([k, v]) => [k, v.name]), 'energy', (k) => { view = views[k]; charts.get('layers').draw(); table(); })],
    legend: () => designs.map((d, i) => h('span', { class: 'key' }, h('span', { class: 'swatch', style: { background: designColor(i) } }), designNames[i])),
    option: (width) => barsOption({
      names: rows.map(([l]) => l.name), label: (i) => brief[i], grouped: true, most: view.most,
      series: designs.map((d, i) => ({ key: `design${i}`, name: designNames[i], color: designColor(i), values: rows.map((r) => view.of(r[i])) })),
      axis: view.axis, total: null,
      tooltip: (row) => tip(rows[row][0].name, designs.map((d, i) => [designColor(i), designNames[i], `${view.show(view.of(rows[row][i]))}${i > 0 && ratio(rows[row], i) !== null ? `  ${figure(ratio(rows[row], i))}×` : ''}`])),
    }, width),
    table: () => h('p', { class: 'dim' }, 'The table is below.'),
  });
  panel.querySelector('details').replaceWith(h('div', { class: 'below' }, tableHost));
  return panel;
}
