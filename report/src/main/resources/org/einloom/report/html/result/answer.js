// The answer in words: what a run costs, where it goes, what stands in the way.

function answer() {
  const time = totals.latencyS > 0;
  const parts = [h('b', {}, energy(totals.energyPj)), time && [' in ', h('b', {}, seconds(totals.latencyS))], ' for one run',
    time && totals.throughputPerS > 0 && ` (${totals.throughputPerS >= 1 ? si(totals.throughputPerS) : figure(totals.throughputPerS)} runs per second${totals.topsPerW > 0 ? `, ${figure(totals.topsPerW)} TOPS/W${totals.macsDone < totals.macs * (1 - 1e-9) ? ' with zeros counted' : ''}` : ''})`, '.'];
  const consumer = largest(components.map((c) => [c.name, layers.reduce((s, l) => s + (componentOf(l, c.name)?.energyPj ?? 0) * l.repeats, 0)]), totals.energyPj);
  const bounds = [...new Set(layers.map((l) => l.boundBy).filter(Boolean))];
  const limit = time && largest(bounds.map((b) => [b, layers.filter((l) => l.boundBy === b).reduce((s, l) => s + l.latencyS * l.repeats, 0)]), totals.latencyS);
  const layer = layers.length > 1 && largest(layers.map((l, i) => [labels[i], l.energyPj * l.repeats]), totals.energyPj);
  const said = [];
  if (consumer && limit && consumer[0] === limit[0]) said.push(`${consumer[0]} takes ${consumer[1]} of the energy and decides ${limit[1]} of the time`);
  else {
    if (consumer) said.push(`${consumer[0]} takes ${consumer[1]} of the energy`);
    if (limit) said.push(`${limit[0]} decides ${limit[1]} of the time`);
  }
  if (layer) said.push(`of the layers, ${layer[0]} takes most energy (${layer[1]})`);
  return h('p', { class: 'answer' }, parts, said.length > 0 && ` ${said.join('; ')}.`);
}

/** The largest of some parts of a whole, and its share; null if there is nothing. */
function largest(parts, whole) {
  const [name, most] = parts.reduce((a, b) => (b[1] > a[1] ? b : a), ['', 0]);
  return most > 0 && whole > 0 ? [name, percent(most / whole)] : null;
}
