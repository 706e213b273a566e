// The metrics: a table, and a bar for every figure, all from zero.

function metricsPanel() {
  const known = METRICS.filter((m) => designs.some((d, i) => metricOf(i, m) !== null));
  const head = h('tr', {}, h('th', { scope: 'col' }, 'Metric'), designs.map((d, i) => h('th', { scope: 'col', class: 'number' },
    h('span', { class: 'swatch', style: { background: `var(--design-${i})` } }), designNames[i], i > 0 && h('span', { class: 'against' }))));
  const row = (m) => {
    const winners = best(m);
    return h('tr', {}, h('th', { scope: 'row', title: m.about }, m.name), designs.map((d, i) => {
      const value = metricOf(i, m);
      return h('td', { class: `number ${winners.has(i) ? 'best' : ''}`, title: value === null ? 'not known' : plain(value) },
        value === null ? '–' : m.show(value), winners.has(i) && h('span', { class: 'unseen' }, ' (best)'), i > 0 && h('span', { class: 'against' }, against(i, m)));
    }));
  };
  const fact = (name, show) => h('tr', { class: 'fact' }, h('th', { scope: 'row' }, name), designs.map((d, i) => h('td', { class: 'number' }, show(d), i > 0 && h('span', { class: 'against' }))));
  return h('section', { class: 'panel', id: 'metrics', 'aria-labelledby': 'title-metrics' },
    panelHead('metrics', 'Metrics', `Each is held against ${designNames[0]}. The best of a line is marked.`),
    h('div', { class: 'scroller', tabindex: '0', role: 'region', 'aria-label': 'Metrics' }, h('table', { class: 'data compare', id: 'metrics-table', style: { '--designs': designs.length } }, h('thead', {}, head), h('tbody', {}, known.map(row),
      fact('Optimality', (d) => (d.status === 'bounded' && d.gap !== null ? `within ${percent(d.gap, 1)}` : d.status)),
      fact('Objective', (d) => d.objective), !sameMemory && fact('Outermost memory', (d) => d.outermostMemory),
      fact('Costs not given', (d) => `${plain(d.costsNotGiven)} of ${plain(d.costs)}`)))),
    h('h3', {}, 'The same as bars, each from zero'),
    h('div', { class: 'bar-grid' }, known.map(metricBars)));
}

function metricBars(m) {
  const values = designs.map((d, i) => metricOf(i, m));
  const most = Math.max(...values.map((v) => v ?? 0), 0);
  const winners = best(m);
  return h('figure', { class: 'bars', 'data-metric': m.key }, h('figcaption', {}, h('b', {}, m.name), m.less !== null && h('span', { class: 'dim' }, m.less ? 'less is better' : 'more is better')),
    values.map((v, i) => h('div', { class: 'bar' }, h('span', { class: 'bar-name', title: designNames[i] }, designNames[i]),
      h('span', { class: 'bar-track' }, h('span', { class: 'bar-fill', 'data-value': v, style: { width: `${most > 0 && v !== null ? (100 * v) / most : 0}%`, background: `var(--design-${i})` } })),
      h('span', { class: `number ${winners.has(i) ? 'best' : ''}` }, v === null ? '–' : m.show(v)))));
}

/** Which kinds of layers run, and how well the computes are used by them. */
function kindsPanel() {
  const spread = (k) => (percent(k.leastUtilization) === percent(k.mostUtilization) ? '' : `${percent(k.leastUtilization)} to ${percent(k.mostUtilization)}`);
  const kinds = [...new Set(designs.flatMap((d) => (d.kinds ?? []).map((k) => k.kind)))];
  if (!kinds.length) return null;
  const of = (d, kind) => (d.kinds ?? []).find((k) => k.kind === kind);
  const cell = (k) => (k ? [percent(k.medianUtilization), h('span', { class: 'against' }, spread(k))] : h('span', { class: 'dim' }, 'none'));
  return h('section', { class: 'panel', id: 'flexibility', 'aria-labelledby': 'title-flexibility' },
    panelHead('flexibility', 'Flexibility', 'Utilization by kind of layer: the median, and from the least to the most.'),
    h('div', { class: 'scroller' }, h('table', { class: 'data compare kinds', style: { '--designs': designs.length } },
      h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, 'Kind of layer'), designs.map((d, i) => h('th', { scope: 'col', class: 'number' }, h('span', { class: 'swatch', style: { background: `var(--design-${i})` } }), designNames[i], h('span', { class: 'against' }))))),
      h('tbody', {}, kinds.map((kind) => h('tr', {}, h('th', { scope: 'row' }, kind), designs.map((d) => h('td', { class: 'number' }, cell(of(d, kind))))))))),
    h('p', { class: 'footnote' }, missing()));
}

/** What is in no figure: once, if it is the same for all. */
function missing() {
  const lists = designs.map((d) => (d.notCosted ?? []).map((n) => `${n.operator} ×${plain(n.count)}`).join(', '));
  if (new Set(lists).size === 1) return lists[0] && `Not in any figure: ${lists[0]}.`;
  return lists.map((list, i) => list && h('span', {}, `Not in any figure of ${designNames[i]}: ${list}. `));
}
