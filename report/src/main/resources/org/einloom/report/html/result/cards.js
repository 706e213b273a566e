// The figures of the whole, each of which tells where it comes from.

function cards() {
  const t = totals;
  const positive = (v) => (v > 0 && Number.isFinite(v) ? v : null);
  const throughput = positive(t.throughputPerS ?? 1 / t.latencyS);
  const powerW = positive(t.powerW ?? (t.energyPj * 1e-12) / t.latencyS);
  const ops = 2 * t.macs;
  const tops = positive(t.tops ?? ops / t.latencyS / 1e12);
  const topsPerW = positive(t.topsPerW ?? ops / t.energyPj);
  const edp = t.latencyS > 0 ? t.energyPj * t.latencyS : null;
  const E = ['energy', `${plain(t.energyPj)} pJ`, ''];
  const T = ['latency', `${plain(t.latencyS)} s`, ''];
  const N = ['2 × MACs', plain(ops), ''];
  const latency = seconds(t.latencyS || null);
  const list = [
    ['energy', 'Energy', energy(t.energyPj), 'for one run, leakage included', traceTotalEnergy],
    ['latency', 'Latency', latency, `${count(t.cycles)} cycles, layer after layer`, traceTotalLatency],
    ['edp', 'Energy × latency', si(edp === null ? null : edp * 1e-12, 'Js'), 'sum of energies × sum of latencies',
      traceFormula('Energy × latency', 'energy × latency of the whole', [E, T, ['product', `${plain(edp)} pJ s`, '']])],
    ['throughput', 'Throughput', throughput >= 1 ? si(throughput, '/s') : throughput === null ? '–' : `${Number(throughput.toPrecision(3))} /s`, 'runs per second, one after the other',
      traceFormula('Throughput', '1 / latency', [T])],
    ['power', 'Power', si(powerW, 'W'), 'mean while it runs', traceFormula('Power', 'energy / latency', [E, T])],
    ['tops', 'Performance', si(tops === null ? null : tops * 1e12, 'OPS'), 'what is done, not the peak',
      traceFormula('Performance', 'operations / latency; a multiply-accumulate is two, nothing else is counted', [N, T])],
    ['efficiency', 'Efficiency', topsPerW === null ? '–' : `${Number(topsPerW.toPrecision(3))} TOPS/W`, 'operations per energy',
      traceFormula('Efficiency', 'operations / energy; a multiply-accumulate is two, nothing else is counted', [N, E])],
    ['area', 'Area', t.areaUm2 > 0 ? area(t.areaUm2) : '–', t.areaUm2 > 0 ? 'of all nodes, used or not' : 'the design gives none', traceArea],
    ['utilization', 'Utilisation', percent(t.utilization), 'of the computes, over all layers',
      traceFormula('Utilisation', "each layer's, weighted by its time", [['all layers', percent(t.utilization, 4), '']])],
    ['traffic', `${short(t.outermostMemory ?? 'DRAM', 18)} traffic`, traffic(t.outermostBits), 'read and written there', traceTraffic],
  ];
  const [tone, name] = proof(t.optimality);
  const o = t.optimality ?? {};
  const all = list.map(([key, title, value, about, page], i) => h('button', {
    type: 'button', class: `card ${i < 4 ? 'main' : ''}`, id: `card-${key}`, onclick: () => drawer.open(page), 'aria-haspopup': 'dialog',
  }, h('span', { class: 'card-name' }, title), h('span', { class: 'card-value' }, unitSmall(value)), h('span', { class: 'card-about' }, about)));
  return h('section', { class: 'cards', id: 'overview', 'aria-label': 'Overview' }, all.slice(0, 4), h('div', { class: 'cards-more' }, all.slice(4),
    fusion(),
    h('button', { type: 'button', class: `card proof ${tone}`, id: 'card-proof', onclick: () => drawer.open(traceProof), 'aria-haspopup': 'dialog' },
      h('span', { class: 'card-name' }, 'Proof'), h('span', { class: 'card-value words' }, name),
      h('span', { class: 'card-about' }, o.evaluated === null || o.evaluated === undefined ? status[o.status]?.[2] : `${count(o.evaluated)} candidates, ${seconds(o.cpuS)} of CPU time`))));
}

/** The unit of a figure is less than the figure. */
function unitSmall(text) {
  const [number, ...unit] = text.split(' ');
  return [number, unit.length > 0 && h('small', {}, ` ${unit.join(' ')}`)];
}

function traceTotalLatency() {
  const parts = layers.map((l, i) => [l, i]).sort(([a], [b]) => b.latencyS * b.repeats - a.latencyS * a.repeats).slice(0, 60);
  return {
    title: `Latency: ${seconds(totals.latencyS, 5)}`,
    content: [formula('the sum over all layers of latency × how often the layer occurs'),
      sum([...parts.map(([l, i]) => [[short(l.name, 34), l.repeats > 1 && h('span', { class: 'dim' }, ` × ${l.repeats}`)],
        traced(seconds(l.latencyS * l.repeats, 4), () => traceLatency(i), `the latency of ${l.name}`),
        percent((l.latencyS * l.repeats) / totals.latencyS, 1)]),
      layers.length > 60 && [plural(layers.length - 60, 'other layer'), '', '']])],
  };
}

function traceArea() {
  const parts = figures.filter((f) => f.figure === 'area um2').map((f) => [f, nodes.get(f.component)?.instances ?? 1])
    .sort(([f, n], [g, m]) => g.value * m - f.value * n);
  return {
    title: `Area: ${area(totals.areaUm2)}`,
    content: [formula('the sum over all nodes of instances × area of one'),
      sum(parts.map(([f, n]) => [[f.component, h('span', { class: 'dim' }, ` ${plain(n)} ×`)],
        traced(area(f.value), () => traceFigure(f), `the area of ${f.component}`),
        totals.areaUm2 > 0 ? percent((f.value * n) / totals.areaUm2, 1) : '', componentColor(f.component)]))],
  };
}

function traceTraffic() {
  const parts = layers.map((l, i) => [l, i]).filter(([l]) => l.outermostBits !== undefined)
    .sort(([a], [b]) => b.outermostBits * b.repeats - a.outermostBits * a.repeats).slice(0, 60);
  return {
    title: `${totals.outermostMemory} traffic: ${traffic(totals.outermostBits)}`,
    content: [formula('words of all actions there × their bits, over all layers'),
      sum([...parts.map(([l]) => [short(l.name, 34), traffic(l.outermostBits * l.repeats), percent((l.outermostBits * l.repeats) / totals.outermostBits, 1)]),
        ['all layers', `${plain(totals.outermostBits)} b`, '']])],
  };
}

function traceProof() {
  const o = totals.optimality ?? {};
  return {
    title: proof(o)[1],
    content: [formula(status[o.status]?.[2] ?? ''), sum([
      ['objective', o.objective, ''], ['value', plain(o.value), ''], ['proven lower bound', plain(o.lowerBound), ''],
      ['gap', percent(o.gap, 3), ''], ['mappings that the proof covers', plain(o.mapspace), ''],
      ['candidates costed', plain(o.evaluated), ''], ['CPU time', seconds(o.cpuS), '']])],
  };
}

/** What could be saved if intermediate tensors stayed on the chip, where the result says so. */
function fusion() {
  const f = totals.fusion ?? result.fusion;
  if (!f || typeof f !== 'object') return null;
  const rows = Object.entries(f).filter(([, v]) => typeof v === 'number').map(([key, v]) => [words(key),
    key.endsWith('Pj') ? energy(v) : key.endsWith('Bits') ? traffic(v) : key.endsWith('S') ? seconds(v) : plain(v), '']);
  return rows.length > 0 && h('button', { type: 'button', class: 'card', id: 'card-fusion', onclick: () => drawer.open(traceFormula('What fusion could save', 'at most, if intermediate tensors stayed on the chip', rows)) },
    h('span', { class: 'card-name' }, 'Fusion could save'), h('span', { class: 'card-value' }, unitSmall(rows[0][1])), h('span', { class: 'card-about' }, 'at most, by keeping tensors on the chip'));
}

/** savableBits: savable bits. */
const words = (key) => key.replace(/(Pj|Bits|S|Um2)$/, '').replace(/[A-Z]/g, (c) => ` ${c.toLowerCase()}`);
