// Energy per layer, stacked by component or by tensor.

function energyPanel() {
  const view = { by: 'component', share: false };
  const hidden = new Set();
  const byRole = layers.map(energyByRole);
  const redraw = () => charts.get('energy').draw();

  function series() {
    const list = view.by === 'component'
      ? components.filter((c) => c.costly).map((c) => ({ key: c.name, name: c.name, color: componentColor(c.name), of: (l) => componentOf(l, c.name)?.energyPj ?? 0 }))
      : ROLES.map((r) => ({ key: r, name: r, color: roleColor(r), of: (l, i) => byRole[i][r] }));
    return list.map((s) => {
      const energies = layers.map((l, i) => s.of(l, i) * times(l));
      return { ...s, energies, total: energies.reduce((a, b) => a + b, 0) };
    }).filter((s) => view.by === 'component' || s.total > 0);
  }

  const shown = () => series().filter((s) => !hidden.has(s.key));

  function option(width) {
    const list = shown();
    const sums = layers.map((l, i) => list.reduce((s, x) => s + x.energies[i], 0));
    const scale = (v, i) => (view.share ? (sums[i] > 0 ? (100 * v) / sums[i] : 0) : v);
    return barsOption({
      names: layers.map((l) => l.name),
      label: (i) => labels[i],
      series: list.map((s) => ({ ...s, values: s.energies.map(scale) })),
      axis: (v) => (view.share ? `${v}%` : tick(v * 1e-12, 'J')),
      most: view.share ? 100 : undefined,
      total: view.share ? null : (i) => energy(sums[i]),
      selected: state.layer,
      tooltip: (i) => tip(layers[i].name, [...list].map((s) => [s.color, s.name, `${energy(s.energies[i])}  ${percent(sums[i] ? s.energies[i] / sums[i] : 0)}`])
        .concat([[null, 'together', energy(sums[i])]]), repeatsNote(layers[i])),
    }, width);
  }

  return chartPanel({
    id: 'energy',
    title: 'Energy by layer',
    about: 'A click on a bar tells where its energy comes from.',
    marks: () => layers.length * components.length,
    height: () => barsHeight(layers.length),
    option,
    legend: () => {
      const all = series();
      const whole = all.reduce((s, x) => s + x.total, 0);
      return toggles(all.map((s) => ({ ...s, value: percent(whole ? s.total / whole : 0) })), hidden, redraw);
    },
    switches: [
      choice('Stacked by', [['component', 'Component'], ['role', 'Tensor']], 'component', (by) => { view.by = by; hidden.clear(); redraw(); }),
      choice('Scale', [['energy', 'Energy'], ['share', 'Share']], 'energy', (scale) => { view.share = scale === 'share'; redraw(); }),
      repeatSwitch(),
    ],
    onclick: (event) => {
      if (event.componentType === 'series' && event.seriesId !== 'ends') {
        const name = event.seriesName;
        drawer.open(view.by === 'component' ? () => traceComponent(event.dataIndex, name) : () => traceLayer(event.dataIndex));
      } else if (event.value !== undefined) {
        pickByName(event);
      }
    },
    table: () => {
      const list = series();
      return dataTable({
        id: 'energy-table', caption: 'Energy by layer', rows: layers.map((l, i) => i),
        columns: [nameColumn(), ...list.map((s) => ({ key: s.key, name: s.name, number: true, value: (i) => s.energies[i], show: (i) => energy(s.energies[i]) }))],
      });
    },
  });
}

const repeatsNote = (layer) => (layer.repeats > 1
  ? state.repeated ? `${plain(layer.repeats)} executions together` : `one of ${plain(layer.repeats)} executions` : null);

const nameColumn = () => ({ key: 'name', name: 'Layer', value: (i) => layers[i].name, show: (i) => layerName(i), wide: true });

/** What a layer is called wherever there is little room; in full where a pointer rests on it. */
const layerName = (i) => h('span', { title: layers[i].name }, short(labels[i], 40));

/** Whether bars are of one execution of a layer or of all; the same for all charts. */
function repeatSwitch() {
  if (layers.every((l) => l.repeats === 1)) return null;
  return choice('Repetitions', [['all', 'All runs'], ['one', 'One run']], 'all', (which) => {
    state.repeated = which === 'all';
    charts.forEach((c) => c.draw());
  });
}

/** A click on the name of a layer shows the layer. */
function pickByName(event) {
  const i = event.dataIndex ?? event.tickIndex ?? layers.findIndex((l) => l.name === event.value);
  if (i >= 0 && i < layers.length) selectLayer(i, true);
}
