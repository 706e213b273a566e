// Latency per layer, coloured by what bounds it, and how well the computes are used meanwhile.

function latencyPanel() {
  const bounds = [...new Set(layers.map((l) => l.boundBy))].filter((b) => b !== null && b !== undefined);
  const time = (l) => l.latencyS * times(l);
  const whole = () => layers.reduce((s, l) => s + time(l), 0);
  return chartPanel({
    id: 'latency',
    title: 'Latency by layer',
    about: 'Colours tell which component decides it.',
    marks: () => layers.length,
    height: () => barsHeight(layers.length),
    option: (width) => barsOption({
      names: layers.map((l) => l.name),
      label: (i) => labels[i],
      series: [{
        key: 'latency', name: 'latency', values: layers.map(time),
        color: (i) => (layers[i].boundBy ? componentColor(layers[i].boundBy) : theme.token('ink-3')),
      }],
      axis: (v) => tick(v, 's'),
      total: (i) => seconds(time(layers[i])),
      selected: state.layer,
      tooltip: (i) => tip(layers[i].name,
        [[null, 'latency', seconds(time(layers[i]))], [null, 'of the network', percent(whole() ? time(layers[i]) / whole() : 0)]]
          .concat(busiest(layers[i]).map((c) => [componentColor(c.name), c.name, `${count(c.latencyCycles)} cycles`])), repeatsNote(layers[i])),
    }, width),
    legend: () => bounds.map((b) => {
      const share = layers.filter((l) => l.boundBy === b).reduce((s, l) => s + time(l), 0) / (whole() || 1);
      return h('span', { class: 'key' }, h('span', { class: 'swatch', style: { background: componentColor(b) } }), `bound by ${b}`,
        h('span', { class: 'key-value' }, `${percent(share)} of the time`));
    }),
    onclick: (event) => (event.componentType === 'series' ? drawer.open(() => traceLatency(event.dataIndex)) : pickByName(event)),
    table: () => dataTable({
      id: 'latency-table', caption: 'Latency by layer', rows: layers.map((l, i) => i),
      columns: [nameColumn(),
        { key: 'cycles', name: 'Cycles', number: true, value: (i) => layers[i].cycles, show: (i) => plain(layers[i].cycles) },
        { key: 'latency', name: 'Latency', number: true, value: (i) => layers[i].latencyS, show: (i) => seconds(layers[i].latencyS) },
        { key: 'bound', name: 'Bound by', value: (i) => layers[i].boundBy, show: (i) => layers[i].boundBy ?? '–' }],
    }),
  });
}

const busiest = (layer) => layer.components.filter((c) => c.latencyCycles > 0)
  .sort((a, b) => b.latencyCycles - a.latencyCycles).slice(0, 4);

function utilizationPanel() {
  return chartPanel({
    id: 'utilization',
    title: 'Utilization',
    about: 'Computes done, as a share of what all of them could do in the time.',
    marks: () => layers.length,
    height: () => barsHeight(layers.length),
    option: (width) => barsOption({
      names: layers.map((l) => l.name),
      label: (i) => labels[i],
      series: [{ key: 'utilization', name: 'utilization', values: layers.map((l) => (l.utilization === null ? null : 100 * l.utilization)), color: theme.token('accent') }],
      most: 100,
      axis: (v) => `${v}%`,
      total: (i) => percent(layers[i].utilization),
      selected: state.layer,
      tooltip: (i) => tip(layers[i].name, [[null, 'utilization', percent(layers[i].utilization, 2)], [null, 'bound by', layers[i].boundBy ?? '–'], [null, 'MACs', count(layers[i].macs)]]),
    }, width),
    legend: () => h('span', { class: 'key' }, 'over all layers', h('span', { class: 'key-value' }, percent(totals.utilization, 1))),
    onclick: (event) => (event.componentType === 'series' ? selectLayer(event.dataIndex, true) : pickByName(event)),
    table: () => dataTable({
      id: 'utilization-table', caption: 'Utilization by layer', rows: layers.map((l, i) => i),
      columns: [nameColumn(),
        { key: 'macs', name: 'MACs', number: true, value: (i) => layers[i].macs, show: (i) => plain(layers[i].macs) },
        { key: 'utilization', name: 'Utilization', number: true, value: (i) => layers[i].utilization, show: (i) => percent(layers[i].utilization, 2) }],
    }),
  });
}
