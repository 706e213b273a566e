// The answer in words: which design is best at what.

function answer() {
  const says = [
    ['latencyS', (n, v, r) => `${n} is the fastest (${v}${r})`],
    ['energyPj', (n, v, r) => `${n} needs the least energy (${v}${r})`],
    ['energyDelayPjS', (n, v, r) => `${n} has the least energy × latency (${v}${r})`],
    ['areaUm2', (n, v, r) => `${n} is the smallest (${v}${r})`],
  ];
  const said = says.map(([key, say]) => {
    const metric = METRICS.find((m) => m.key === key);
    const winners = [...best(metric)];
    if (winners.length !== 1) return null;
    const value = metricOf(winners[0], metric);
    const others = designs.map((d, i) => metricOf(i, metric)).filter((v, i) => i !== winners[0] && v !== null);
    const next = Math.min(...others) / value;
    return say(designNames[winners[0]], metric.show(value), Number.isFinite(next) && next > 1 ? `, the next ${figure(next)}×` : '');
  }).filter(Boolean);
  return said.length > 0 && h('p', { class: 'answer' }, `${said.join('; ')}.`);
}
