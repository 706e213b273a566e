// The roofline: how fast a layer could be for what it moves through the outermost memory, and how fast it is.
// Williams, Waterman, Patterson, CACM 52(4), 2009.

/** The peak of each compute in operations per second, and how many operations one of its actions is. */
function peaks() {
  const list = [];
  for (const node of design.nodes.filter((n) => n.kind === 'compute')) {
    const perCycle = Object.values(node.ports ?? {})[0]?.perCycle;
    const used = layers.filter((l) => computeOf(l)?.name === node.name);
    const each = used.map((l) => (operations(l) * shareDone(l)) / computeOf(l).actions.compute.count).filter((v) => v > 0);
    const most = each.length ? Math.max(...each) : 2;
    if (perCycle && design.clockHz && used.length) {
      list.push({ name: node.name, ops: perCycle * node.instances * design.clockHz * most });
    }
  }
  return list.sort((a, b) => b.ops - a.ops);
}

/**
 * Roofs that are too close to be told apart are one: {name, ops, range}, the highest of them. Labels of two that are
 * less than 1.6 times apart would lie on each other.
 */
function together(roofs) {
  const groups = [];
  for (const roof of roofs) {
    const last = groups.at(-1);
    if (last && last.at(-1).ops < roof.ops * 1.6) last.push(roof);
    else groups.push([roof]);
  }
  return groups.map((g) => ({
    name: g.map((r) => r.name).join(', '), ops: g[0].ops,
    range: g[0].ops === g.at(-1).ops ? tick(g[0].ops, 'OPS') : `${tick(g.at(-1).ops, 'OPS')} to ${tick(g[0].ops, 'OPS')}`,
  }));
}

/** Bits per second through the ports of a memory; null where a port has no limit or no width. */
function bandwidth(name) {
  const node = nodes.get(name);
  const ports = Object.values(node?.ports ?? {});
  if (!ports.length || ports.some((p) => !p.perCycle || !p.widthBits)) return null;
  const each = ports.map((p) => p.perCycle * p.widthBits * design.clockHz * node.instances);
  return node.sharedPort ? Math.max(...each) : each.reduce((a, b) => a + b, 0);
}

function rooflinePanel() {
  const points = layers.map((l, i) => ({ i, l, ops: operations(l) * shareDone(l), bytes: l.outermostBits / 8 }))
    .filter((p) => p.ops > 0 && p.bytes > 0 && p.l.latencyS > 0);
  const roofs = peaks();
  const memory = totals.outermostMemory;
  const bits = design.clockHz ? bandwidth(memory) : null;
  if (!points.length || !roofs.length) return null;
  const rate = bits === null ? null : bits / 8;
  const peak = roofs[0].ops;
  const xs = points.map((p) => p.ops / p.bytes);
  const ridge = rate === null ? null : peak / rate;
  const low = 10 ** Math.floor(Math.log10(Math.min(...xs, ridge ?? Infinity) / 1.5));
  const high = 10 ** Math.ceil(Math.log10(Math.max(...xs, ridge ?? 0) * 1.5));
  const bottom = 10 ** Math.floor(Math.log10(Math.min(...points.map((p) => p.ops / p.l.latencyS)) / 1.5));
  const longest = Math.max(...points.map((p) => p.l.latencyS * p.l.repeats));
  const lower = together(roofs.slice(1));
  const left = rate === null ? low : Math.max(low, bottom / rate);
  const middle = ridge === null ? null : Math.sqrt(left * ridge);
  const roof = rate === null ? [[low, peak], [high, peak]] : [[left, left * rate], [ridge, peak], [high, peak]];

  return chartPanel({
    id: 'roofline',
    title: 'Roofline',
    about: `Operations ${layers.some((l) => shareDone(l) < 1) ? 'done ' : ''}per byte of ${memory} against operations per second. The larger the point, the more of the time.`,
    note: rate === null ? `The design gives ${memory} no bandwidth, so the roof has no slope.`
      : points.length < layers.length ? `${plural(layers.length - points.length, 'layer')} without operations, traffic or latency left out.` : null,
    marks: () => points.length,
    height: () => (innerWidth < 640 ? 300 : 380),
    option: () => ({
      grid: { left: 8, right: 20, top: 28, bottom: 30, containLabel: true },
      tooltip: {
        ...look().tooltip,
        formatter: (p) => {
          const point = points[p.dataIndex];
          const own = roofs.find((r) => r.name === computeOf(point.l)?.name)?.ops ?? peak;
          const roofHere = Math.min(own, rate === null ? Infinity : rate * (point.ops / point.bytes));
          const speed = point.ops / point.l.latencyS;
          return tip(point.l.name, [[null, 'performance', si(speed, 'OPS')], [null, 'of the roof there', percent(speed / roofHere)],
            [null, 'intensity', `${si(point.ops / point.bytes, 'OP/B')}`], [componentColor(point.l.boundBy), 'bound by', point.l.boundBy ?? '–'],
            [null, 'share of the time', percent((point.l.latencyS * point.l.repeats) / totals.latencyS)]]);
        },
      },
      xAxis: { type: 'log', ...axisLook(), min: low, max: high, name: 'operations per byte', nameLocation: 'middle', nameGap: 26, axisLabel: { ...axisLook().axisLabel, formatter: (v) => (v < 1 ? String(Number(v.toPrecision(3))) : tick(v)) } },
      yAxis: { type: 'log', ...axisLook(), min: bottom, max: 10 ** Math.ceil(Math.log10(peak * 1.2)), axisLabel: { ...axisLook().axisLabel, formatter: (v) => tick(v, 'OPS') } },
      series: [
        {
          id: 'roof', name: 'roof', type: 'line', data: roof, symbol: 'none', silent: true, clip: true,
          lineStyle: { color: theme.token('ink-2'), width: 2 }, areaStyle: { color: theme.token('ink-3'), opacity: 0.06, origin: 'start' },
        },
        ...lower.map((r) => ({
          id: `roof-${r.name}`, name: r.name, type: 'line', silent: true, symbol: 'none', data: [[low, r.ops], [high, r.ops]],
          lineStyle: { color: theme.token('ink-3'), width: 1, type: 'dashed' },
        })),
        {
          id: 'labels', name: '', type: 'scatter', silent: true, symbolSize: 0, tooltip: { show: false },
          label: { show: true, color: theme.token('ink-2'), fontSize: 11, formatter: (p) => p.name },
          data: [
            { name: `${roofs[0].name} peak ${tick(peak, 'OPS')}`, value: [high, peak], label: { position: 'left', offset: [0, -24] } },
            ...lower.map((r) => ({ name: `${r.name} ${r.range}`, value: [high, r.ops], label: { position: 'left', offset: [0, -8], color: theme.token('ink-3') } })),
            ...(rate === null || ridge <= left * 1.5 ? [] : [{ name: `${memory} ${tick(rate, 'B/s')}`, value: [middle, middle * rate], label: { position: 'right', offset: [8, 12] } }]),
          ],
        },
        {
          id: 'layers', name: 'layers', type: 'scatter', cursor: 'pointer', z: 5,
          data: points.map((p) => ({
            name: p.l.name, value: [p.ops / p.bytes, p.ops / p.l.latencyS],
            symbolSize: 9 + 22 * Math.sqrt((p.l.latencyS * p.l.repeats) / longest),
            itemStyle: { color: p.l.boundBy ? componentColor(p.l.boundBy) : theme.token('ink-3'), opacity: 0.85, borderColor: theme.token(p.i === state.layer ? 'ink' : 'surface'), borderWidth: p.i === state.layer ? 2 : 1 },
          })),
        },
      ],
    }),
    onclick: (event) => { if (event.seriesId === 'layers') selectLayer(points[event.dataIndex].i, true); },
    table: () => dataTable({
      id: 'roofline-table', caption: 'Roofline', rows: points,
      columns: [{ key: 'name', name: 'Layer', value: (p) => p.l.name, show: (p) => layerName(p.i), wide: true },
        { key: 'intensity', name: 'OP/B', number: true, value: (p) => p.ops / p.bytes, show: (p) => si(p.ops / p.bytes) },
        { key: 'speed', name: 'Performance', number: true, value: (p) => p.ops / p.l.latencyS, show: (p) => si(p.ops / p.l.latencyS, 'OPS') },
        { key: 'bound', name: 'Bound by', value: (p) => p.l.boundBy, show: (p) => p.l.boundBy ?? '–' }],
    }),
  });
}
