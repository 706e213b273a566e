// One point: its values, its figures, its layers.

function pointPanel() {
  const host = h('div');
  let view = 'energy';
  const layersOf = (p) => (data.details[p.id] ?? []).flatMap((w) => w.layers.map((l) => ({
    workload: w.name, name: l[0], repeats: l[1], macs: l[2], energy: l[3], latency: l[4], bound: l[5], status: l[6], gap: l[7], components: l[8],
  })));
  const chart = chartPanel({
    id: 'point-layers', class: 'inner', title: 'Layer by layer', about: 'All executions of a layer.',
    marks: () => 1000, height: () => barsHeight(layersOf(state.open).length),
    switches: [choice('Figure', [['energy', 'Energy'], ['latency', 'Latency']], 'energy', (v) => { view = v; charts.get('point-layers').draw(); })],
    legend: () => (view === 'energy' ? present().map((name) => h('span', { class: 'key' }, h('span', { class: 'swatch', style: { background: componentColor(name) } }), name)) : []),
    option: (width) => {
      const layers = layersOf(state.open);
      const several = new Set(layers.map((l) => l.workload)).size > 1;
      const brief = briefNames(layers);
      const part = (l, name) => (l.components.find(([n]) => n === name)?.[1] ?? 0) * l.repeats;
      const byEnergy = view === 'energy';
      return barsOption({
        names: layers.map((l) => (several ? `${l.workload} ${l.name}` : l.name)), label: (i) => (several ? `${layers[i].workload} ${brief[i]}` : brief[i]),
        series: byEnergy ? present().map((name) => ({ key: name, name, color: componentColor(name), values: layers.map((l) => part(l, name)) }))
          : [{ key: 'latency', name: 'latency', color: () => theme.token('accent'), values: layers.map((l) => l.latency * l.repeats) }],
        axis: (v) => (byEnergy ? tick(v * 1e-12, 'J') : tick(v, 's')),
        total: (i) => (byEnergy ? energy(layers[i].energy * layers[i].repeats) : seconds(layers[i].latency * layers[i].repeats)),
        tooltip: (i) => tip(layers[i].name, byEnergy ? present().map((name) => [componentColor(name), name, energy(part(layers[i], name))])
          : layers[i].components.map(([name, , busy]) => [componentColor(name), `${name} busy`, seconds(busy * layers[i].repeats)]), `${plain(layers[i].repeats)}×, bound by ${layers[i].bound || 'nothing'}`),
      }, width);
    },
    table: () => layerTable(layersOf(state.open)),
  });
  const present = () => componentNames.filter((name) => layersOf(state.open).some((l) => l.components.some(([n, pj]) => n === name && pj > 0)));
  const draw = charts.get('point-layers').draw;
  charts.get('point-layers').draw = () => { chart.hidden = !state.open || layersOf(state.open).length === 0; if (!chart.hidden) draw(); };

  function layerTable(layers) {
    return dataTable({
      id: 'layers-table', caption: 'Layers', placeholder: 'Filter layers', rows: layers, filter: (l) => `${l.workload} ${l.name} ${l.bound}`, columns: [
        ...(new Set(layers.map((l) => l.workload)).size > 1 ? [{ key: 'workload', name: 'Workload', value: (l) => l.workload, show: (l) => l.workload }] : []),
        { key: 'name', name: 'Layer', wide: true, value: (l) => l.name, show: (l) => h('span', { title: l.name }, short(l.name, 40)) },
        { key: 'repeats', name: '×', number: true, value: (l) => l.repeats, show: (l) => plain(l.repeats) },
        { key: 'macs', name: 'MACs', number: true, value: (l) => l.macs * l.repeats, show: (l) => count(l.macs * l.repeats) },
        { key: 'energy', name: 'Energy', number: true, value: (l) => l.energy * l.repeats, show: (l) => energy(l.energy * l.repeats) },
        { key: 'latency', name: 'Latency', number: true, value: (l) => l.latency * l.repeats, show: (l) => seconds(l.latency * l.repeats) },
        { key: 'bound', name: 'Bound by', value: (l) => l.bound, show: (l) => l.bound || '–' },
        { key: 'status', name: 'Proof', value: (l) => l.status, show: (l) => (l.status === 'optimal' ? h('span', { class: 'good', title: 'Proven optimal' }, icon('check'), h('span', { class: 'unseen' }, 'optimal')) : l.gap === null ? l.status : `within ${percent(l.gap, 1)}`) }],
    });
  }

  function about(p) {
    if (p.status === 'infeasible') return h('p', { class: 'notice' }, h('b', {}, 'There is no such design or no mapping: '), p.reason);
    if (p.status === 'cut') {
      const by = pointOf.get(p.by);
      return h('p', { class: 'notice' }, h('b', {}, 'Cut before it was solved: '), p.reason === 'dominated'
        ? ['its bounds, which no mapping of it is below, are no better in anything than ', by ? h('button', { type: 'button', class: 'traced', onclick: () => openPoint(by) }, pointName(by)) : 'a point that is not on this page', ' is.']
        : `its bounds are beyond ${p.reason}.`);
    }
    return broken(p) && h('p', { class: 'notice' }, h('b', {}, 'It does not keep to: '), p.broken.join('; '));
  }

  function refresh() {
    const p = state.open;
    const links = (data.details[p.id] ?? []).filter((w) => w.page);
    const item = (name, value) => h('div', {}, h('dt', {}, name), h('dd', {}, value));
    const chosen = state.chosen.includes(p);
    fill(host, panelHead('point', `Point ${pointName(p)}`, [h('code', {}, p.id), ` · ${p.front ? 'on the front' : p.status}${p.status === 'evaluated' ? (p.proven ? ' · every layer proven optimal' : ' · not every layer proven') : ''}`],
      [p.status === 'evaluated' && h('button', { type: 'button', class: 'quiet', id: 'choose', 'aria-pressed': String(chosen), onclick: () => choose(p) }, chosen ? 'Chosen' : 'Choose'),
        ...links.map((w) => h('a', { class: 'quiet', href: w.page }, links.length > 1 ? `Report of ${w.name}` : 'Network report'))]),
    about(p),
    h('dl', { class: 'key-figures' }, parameters.map((name, i) => item(name, shownValue(p.values[i])))),
    h('dl', { class: 'key-figures' }, known.map((m) => item(m.name, p.figures[m.index] === null ? '–' : `${p.status === 'cut' && m.key !== 'area' ? '≥ ' : ''}${m.show(p.figures[m.index])}`))),
    p.status === 'evaluated' && !data.details[p.id] && h('p', { class: 'footnote' }, 'Its layers are not on this page, which holds those of the best points; they are in the results of the study.'));
  }
  listeners.push(refresh, () => charts.get('point-layers').draw());
  refresh();
  return h('section', { class: 'panel', id: 'point', 'aria-labelledby': 'title-point' }, host, chart);
}
