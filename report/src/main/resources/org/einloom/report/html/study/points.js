// All points of the page in a table.

function pointsTable(id, rows, figures) {
  return dataTable({
    id, caption: 'Points', placeholder: 'Filter by value or status', rows, onrow: (p) => openPoint(p, true), selected: (p) => p === state.open,
    filter: (p) => `#${p.number} ${p.id} ${p.front ? 'front' : ''} ${p.status} ${varied.map((v) => `${v.name}=${shownValue(p.values[v.index])}`).join(' ')} ${p.reason ?? ''} ${(p.broken ?? []).join(' ')}`,
    columns: [
      { key: 'number', name: '#', number: true, value: (p) => -p.number, show: (p) => h('a', { href: `#point=${p.id}`, onclick: (event) => { event.preventDefault(); openPoint(p, true); } }, pointName(p)) },
      ...varied.map((v) => ({ key: `p${v.index}`, name: v.name, number: typeof [...v.values][0] === 'number', value: (p) => p.values[v.index], show: (p) => shownValue(p.values[v.index]) })),
      ...figures.map((m) => ({ key: m.key, name: m.name, number: true, value: (p) => p.figures[m.index], show: (p) => (p.figures[m.index] === null ? '–' : [p.status === 'cut' && m.key !== 'area' && h('span', { class: 'dim' }, '≥ '), m.show(p.figures[m.index])]) })),
      { key: 'state', name: 'What came of it', value: (p) => GROUPS.length - GROUPS.findIndex(([k]) => k === groupOf(p)), show: (p) => stateOf(p) },
      { key: 'choose', name: '', value: () => 0, show: (p) => p.status === 'evaluated' && h('button', { type: 'button', class: 'quiet small', 'aria-label': `Choose ${pointName(p)}`, onclick: () => choose(p) }, state.chosen.includes(p) ? '−' : '+') }],
  });
}

function stateOf(p) {
  const words = { infeasible: 'impossible', cut: 'cut by its bound', broken: 'beyond a limit', kept: 'evaluated', front: 'on the front' };
  const group = groupOf(p);
  return h('span', { title: p.reason ?? p.broken?.join('; ') }, h('span', { class: 'swatch', style: { background: `var(--group-${group})` } }), words[group]);
}

function pointsPanel() {
  const table = pointsTable('points-table', points, known);
  listeners.push(() => table.refresh());
  return h('section', { class: 'panel', id: 'points', 'aria-labelledby': 'title-points' },
    panelHead('points', 'Points', `${counts.shown < counts.points ? `${plain(counts.shown)} of ${plural(counts.points, 'point')}` : plural(counts.points, 'point')}. A row opens a point; + sets it side by side with others.`), table);
}
