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
  const zeros = t.macsDone !== undefined;
  const doneOf = (v) => (v > 0 ? v * 1e12 : null);
  const latency = seconds(t.latencyS || null);
  const list = [
    ['energy', 'Energy', energy(t.energyPj), 'for one run, leakage included', traceTotalEnergy],
    ['latency', 'Latency', latency, `${count(t.cycles)} cycles, layer after layer`, traceTotalLatency],
    ['edp', 'Energy × latency', si(edp === null ? null : edp * 1e-12, 'Js'), 'sum of energies × sum of latencies',
      traceFormula('Energy × latency', 'energy × latency of the whole', [E, T, ['product', `${plain(edp)} pJ s`, '']])],
    ['throughput', 'Throughput', throughput >= 1 ? si(throughput, '/s') : throughput === null ? '–' : `${figure(throughput)} /s`, 'runs per second, one after the other',
      traceFormula('Throughput', '1 / latency', [T])],
    ['power', 'Power', si(powerW, 'W'), 'mean while it runs', traceFormula('Power', 'energy / latency', [E, T])],
    ['tops', 'Performance', si(tops === null ? null : tops * 1e12, 'OPS'),
      zeros ? `zeros counted; ${si(doneOf(t.topsDone), 'OPS')} are done` : 'what is done, not the peak',
      traceFormula('Performance', 'operations / latency; a multiply-accumulate is two, nothing else is counted',
        [N, T, zeros && ['2 × MACs done', plain(2 * t.macsDone), ''], zeros && ['operations done / latency', si(doneOf(t.topsDone), 'OPS', 5), '']])],
    ['efficiency', 'Efficiency', topsPerW === null ? '–' : `${figure(topsPerW)} TOPS/W`,
      zeros ? `zeros counted; ${t.topsPerWDone > 0 ? figure(t.topsPerWDone) : '–'} of what is done` : 'operations per energy',
      traceFormula('Efficiency', 'operations / energy; a multiply-accumulate is two, nothing else is counted',
        [N, E, zeros && ['2 × MACs done', plain(2 * t.macsDone), ''], zeros && ['operations done / energy', `${plain(t.topsPerWDone)} TOPS/W`, '']])],
    ['area', 'Area', t.areaUm2 > 0 ? area(t.areaUm2) : '–', t.areaUm2 > 0 ? 'of all nodes, used or not' : 'the design gives none', traceArea],
    ['utilization', 'Utilization', percent(t.utilization), 'of the computes, over all layers',
      traceFormula('Utilization', "each layer's, weighted by its time", [['all layers', percent(t.utilization, 4), '']])],
    ['traffic', `${short(t.outermostMemory ?? 'DRAM', 18)} traffic`, traffic(t.outermostBits), 'read and written there', traceTraffic],
  ];
  const o = t.optimality ?? {};
  const [tone, long] = proof(o);
  const name = { optimal: 'Optimal', bounded: o.gap === null ? 'Bounded' : within(o, '') }[o.status] ?? long;
  const all = list.map(([key, title, value, about, page], i) => h('button', {
    type: 'button', class: `card ${i < 4 ? 'main' : ''}`, id: `card-${key}`, onclick: () => drawer.open(page), 'aria-haspopup': 'dialog',
  }, h('span', { class: 'card-name' }, title), h('span', { class: 'card-value' }, unitSmall(value)), h('span', { class: 'card-about' }, about)));
  return h('section', { class: 'cards', id: 'overview', 'aria-label': 'Overview' }, all.slice(0, 4), h('div', { class: 'cards-more' }, all.slice(4),
    fusion(),
    h('button', { type: 'button', class: `card proof ${tone}`, id: 'card-proof', onclick: () => drawer.open(traceProof), 'aria-haspopup': 'dialog' },
      h('span', { class: 'card-name' }, 'Proof'), h('span', { class: 'card-value words' }, name),
      h('span', { class: 'card-about' }, o.evaluated === null || o.evaluated === undefined ? status[o.status]?.[2] : `${count(o.evaluated)} candidates costed`))));
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
      sum([...parts.map(([l, i]) => [[layerName(i), l.repeats > 1 && h('span', { class: 'dim' }, ` × ${l.repeats}`)],
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
    content: [formula(`words of all actions there × their bits${totals.macsDone === undefined ? '' : ', and metadata'}, over all layers`),
      sum([...parts.map(([l, i]) => [layerName(i), traffic(l.outermostBits * l.repeats), percent((l.outermostBits * l.repeats) / totals.outermostBits, 1)]),
        ['all layers', `${plain(totals.outermostBits)} b`, '']], true)],
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

/** What could be saved if what layers hand to each other stayed on the chip, where the result says so. */
function fusion() {
  const f = result.fusion;
  if (!f?.outermostEnergyPj) return null;
  return h('button', { type: 'button', class: 'card', id: 'card-fusion', 'aria-haspopup': 'dialog', onclick: () => drawer.open(() => traceFusion(f)) },
    h('span', { class: 'card-name' }, 'Fusion could save'), h('span', { class: 'card-value' }, unitSmall(energy(f.outermostEnergyPj))),
    h('span', { class: 'card-about' }, `at most in ${totals.outermostMemory}, ${percent(f.outermostEnergyPj / totals.energyPj)} of the energy`));
}

function traceFusion(f) {
  return {
    title: `Fusion could save ${energy(f.outermostEnergyPj, 4)} in ${totals.outermostMemory} at most`,
    content: [formula(`what ${plural(f.intermediates, 'intermediate tensor')} move in and out of ${totals.outermostMemory}, with the mappings as they are`),
      sum([['traffic', traffic(f.outermostBits), percent(f.outermostBits / totals.outermostBits, 1)],
        ['energy', energy(f.outermostEnergyPj, 4), percent(f.outermostEnergyPj / totals.energyPj, 1)]]),
      (f.kept ?? []).map((k) => [h('h3', {}, `Kept in ${k.memory}`),
        h('p', { class: 'dim' }, k.resultsOf.length ? `there is room for the results of ${k.resultsOf.slice(0, 12).join(', ')}${k.resultsOf.length > 12 ? ` and ${plain(k.resultsOf.length - 12)} more` : ''}` : 'there is room for none'),
        sum([['traffic', traffic(k.savedBits), percent(k.savedBits / totals.outermostBits, 1)],
          ['energy', energy(k.savedEnergyPj, 4), percent(k.savedEnergyPj / totals.energyPj, 1)],
          ['latency', seconds(k.savedLatencyS, 4), percent(k.savedLatencyS / totals.latencyS, 1)]])])],
  };
}
