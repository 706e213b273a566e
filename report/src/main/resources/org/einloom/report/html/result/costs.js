// Every cost of the design, with its source.

function costsPanel() {
  if (!figures.length) return null;
  const standing = (f) => f.origin ?? '–';
  const tally = new Map();
  figures.forEach((f) => tally.set(standing(f), (tally.get(standing(f)) ?? 0) + 1));
  return h('section', { class: 'panel', id: 'costs', 'aria-labelledby': 'title-costs' },
    panelHead('costs', 'Costs of the design', `${plural(figures.length, 'figure')}: ${[...tally].map(([s, n]) => `${n} ${s}`).join(' · ')}.`),
    dataTable({
      id: 'costs-table', caption: 'Costs of the design', placeholder: 'Filter costs', rows: figures,
      filter: (f) => `${f.component} ${f.figure} ${f.source} ${standing(f)}`,
      columns: [
        { key: 'component', name: 'Component', value: (f) => f.component, show: (f) => [h('span', { class: 'swatch', style: { background: `var(--component-${componentIndex.get(f.component) ?? 0})` } }), f.component] },
        { key: 'figure', name: 'Cost', value: (f) => f.figure, show: (f) => f.figure.replace(/ \S+$/, '') },
        { key: 'value', name: 'Value', number: true, value: (f) => f.value, show: (f) => traced(`${Number(f.value.toPrecision(5))} ${f.figure.split(' ').at(-1).replace('um2', 'µm²').replace('uW', 'µW')}`, () => traceFigure(f), 'it') },
        { key: 'standing', name: 'Standing', value: standing, show: (f) => h('span', { class: `badge ${originTone(f)}` }, standing(f)) },
        { key: 'source', name: 'Source', wide: true, value: (f) => f.source, show: (f) => h('span', { class: 'source-cell', title: f.source }, f.source || '–') },
      ],
    }));
}
