// Points set side by side: their parameters, their figures against the first, and where their energy goes.

const componentNames = [...new Set(Object.values(data.details).flat().flatMap((w) => w.layers.flatMap((l) => l[8].map(([name]) => name))))];
const componentColor = (name) => seriesColor(componentNames.indexOf(name));

/** By component, the energy of a point; null where its layers are not on the page. */
function energyByComponent(p) {
  const workloads = data.details[p.id];
  if (!workloads) return null;
  const sums = new Map();
  workloads.forEach((w) => w.layers.forEach((l) => l[8].forEach(([name, pj]) => sums.set(name, (sums.get(name) ?? 0) + pj * l[1] * w.weight))));
  return sums;
}

function chosenPanel() {
  const host = h('div');
  const chart = chartPanel({
    id: 'chosen-energy', class: 'inner', title: 'Where their energy goes', about: 'Of all workloads, each times its weight.',
    marks: () => 100, height: () => barsHeight(detailed().length) + 8,
    legend: () => present().map((name) => h('span', { class: 'key' }, h('span', { class: 'swatch', style: { background: componentColor(name) } }), name)),
    option: (width) => {
      const list = detailed();
      const sums = list.map(energyByComponent);
      const total = (i) => [...sums[i].values()].reduce((a, b) => a + b, 0);
      return barsOption({
        names: list.map(pointName), label: (i) => pointName(list[i]),
        series: present().map((name) => ({ key: name, name, color: componentColor(name), values: sums.map((s) => s.get(name) ?? 0) })),
        axis: (v) => tick(v * 1e-12, 'J'), total: (i) => energy(total(i)),
        tooltip: (i) => tip(pointName(list[i]), [...present().map((name) => [componentColor(name), name, `${energy(sums[i].get(name) ?? 0)}  ${percent((sums[i].get(name) ?? 0) / total(i))}`]), [null, 'together', energy(total(i))]], valuesOf(list[i])),
      }, width);
    },
    table: () => h('p', { class: 'dim' }, 'The layers of a point are in its table below.'),
  });
  const detailed = () => state.chosen.filter((p) => data.details[p.id]);
  const present = () => componentNames.filter((name) => detailed().some((p) => (energyByComponent(p).get(name) ?? 0) > 0));
  const draw = charts.get('chosen-energy').draw;
  charts.get('chosen-energy').draw = () => { chart.hidden = detailed().length === 0; if (!chart.hidden) draw(); };

  function table() {
    const list = state.chosen;
    if (!list.length) return h('p', { class: 'dim' }, 'No point is chosen: a click on an open point, or on + in a table, chooses it.');
    const head = h('tr', {}, h('th', { scope: 'col' }, 'Point'), list.map((p, i) => h('th', { scope: 'col', class: 'number' },
      h('span', { class: 'swatch', style: { background: chosenColor(i) } }), h('button', { type: 'button', class: 'traced', onclick: () => openPoint(p, true) }, pointName(p)),
      h('button', { type: 'button', class: 'drop', 'aria-label': `Leave out ${pointName(p)}`, onclick: () => choose(p) }, icon('close')))));
    const line = (m) => {
      const values = list.map((p) => p.figures[m.index]);
      const there = values.filter((v) => v !== null);
      const best = new Set(there).size > 1 ? (m.more ? Math.max(...there) : Math.min(...there)) : null;
      return h('tr', {}, h('th', { scope: 'row' }, m.name), values.map((v, i) => h('td', { class: `number ${v !== null && v === best && m.key !== 'power' ? 'best' : ''}`, title: plain(v) },
        m.show(v), i > 0 && h('span', { class: 'against' }, v !== null && values[0] ? `${figure(v / values[0])}×` : ''))));
    };
    return h('div', { class: 'scroller', tabindex: '0', role: 'region', 'aria-label': 'Chosen points' }, h('table', { class: 'data compare', id: 'chosen-table', style: { '--designs': list.length } }, h('thead', {}, head), h('tbody', {},
      varied.map((v) => h('tr', { class: 'fact' }, h('th', { scope: 'row' }, v.name), list.map((p, i) => h('td', { class: 'number' }, shownValue(p.values[v.index]), i > 0 && h('span', { class: 'against' }))))),
      known.map(line))));
  }

  const refresh = () => { fill(host, table()); };
  listeners.push(refresh, () => charts.get('chosen-energy').draw());
  refresh();
  return h('section', { class: 'panel', id: 'chosen', 'aria-labelledby': 'title-chosen' },
    panelHead('chosen', 'Side by side', `Chosen points, ${MOST_CHOSEN} at most, each held against the first. The best of a line is marked.`), host, chart);
}
