// Which parameter matters: how much of what differs goes with it.

function effectsPanel() {
  const usable = known.filter((m) => (data.effects[m.key] ?? []).some((e) => e.share !== null));
  if (!usable.length || !varied.length) return null;
  let measure = usable.find((m) => m.objective) ?? usable[0];
  const effects = () => data.effects[measure.key].filter((e) => e.levels.length > 1);
  const sorted = () => [...effects()].sort((a, b) => (b.share ?? -1) - (a.share ?? -1));
  const levels = h('div', { class: 'level-grid' });
  const spread = (e) => {
    const means = e.levels.map(([, , mean]) => mean);
    const most = Math.max(...means, 1e-300);
    return h('figure', { class: 'bars' }, h('figcaption', {}, h('b', {}, e.parameter), h('span', { class: 'dim' }, 'mean of its points')),
      e.levels.map(([label, n, mean]) => h('div', { class: 'bar', title: plural(n, 'point') }, h('span', { class: 'bar-name', title: label }, label),
        h('span', { class: 'bar-track' }, h('span', { class: 'bar-fill', 'data-value': mean, style: { width: `${(100 * mean) / most}%` } })), h('span', { class: 'number' }, measure.show(mean)))));
  };
  const panel = chartPanel({
    id: 'effects', title: 'What matters',
    about: 'Share of the variance of a figure that goes with one parameter alone. What is missing to 100% is due to several together.',
    note: `Of ${plural(counts.evaluated, 'evaluated point')}; those that were cut are not in it. Parameters that change together share what is theirs. None is told where a parameter has too many values for the points.`,
    switches: [picker('Figure', usable.map((m) => [m.key, m.name]), measure.key, (k) => { measure = measureOf.get(k); charts.get('effects').draw(); })],
    marks: () => parameters.length, height: () => barsHeight(sorted().length),
    option: (width) => barsOption({
      names: sorted().map((e) => e.parameter), label: (i) => sorted()[i].parameter, most: 100, axis: (v) => `${v}%`,
      series: [{ key: 'share', name: 'share', color: () => theme.token('accent'), values: sorted().map((e) => (e.share === null ? null : 100 * e.share)) }],
      total: (i) => percent(sorted()[i].share),
      tooltip: (i) => tip(sorted()[i].parameter, sorted()[i].levels.map(([label, n, mean]) => [null, `${label} (${plain(n)})`, measure.show(mean)]), `${percent(sorted()[i].share)} of the variance of ${measure.name.toLowerCase()}`),
    }, width),
    legend: () => { fill(levels, sorted().map(spread)); return []; },
    table: () => dataTable({
      id: 'effects-table', caption: 'What matters', rows: effects(), columns: [
        { key: 'name', name: 'Parameter', value: (e) => e.parameter, show: (e) => e.parameter },
        { key: 'share', name: 'Share', number: true, value: (e) => e.share, show: (e) => percent(e.share, 1) },
        { key: 'levels', name: 'Values', number: true, value: (e) => e.levels.length, show: (e) => plain(e.levels.length) }],
    }),
  });
  panel.querySelector('.as-table').before(levels);
  return panel;
}
