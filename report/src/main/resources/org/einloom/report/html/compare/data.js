// A comparison: designs with their metrics, each held against the first.

const designs = data.designs;
const results = data.results ?? designs.map(() => ({ layers: [] }));

/** What designs are called: by architecture; by file where two are of one architecture. */
const designNames = (() => {
  const file = (d) => d.file.split(/[\\/]/).at(-1).replace(/\.json$/, '');
  const tally = (list) => list.reduce((m, n) => m.set(n, (m.get(n) ?? 0) + 1), new Map());
  const architectures = tally(designs.map((d) => d.architecture));
  const names = designs.map((d) => (architectures.get(d.architecture) > 1 ? `${d.architecture} (${file(d)})` : d.architecture));
  const again = tally(names);
  return names.map((n, i) => (again.get(n) > 1 ? `${designs[i].architecture} (${designs[i].file})` : n));
})();

const designColor = (i) => seriesColor([0, 4, 2, 6, 1, 5, 3, 7][i % 8] + 8 * Math.floor(i / 8));

/** Whether it has one name everywhere, such as DRAM. */
const sameMemory = designs.every((d) => d.outermostMemory === designs[0].outermostMemory);

/** The metrics in the order of the field, whether less is better, and how they are shown. */
const METRICS = [
  { key: 'accuracyPercent', name: 'Accuracy', less: false, show: (v) => `${Number(v.toPrecision(4))}%`, difference: true },
  { key: 'latencyS', name: 'Latency', less: true, show: (v) => si(v, 's') },
  { key: 'throughputPerS', name: 'Throughput', less: false, show: (v) => (v >= 1 ? si(v, '/s') : `${figure(v)} /s`) },
  { key: 'energyPj', name: 'Energy', less: true, show: (v) => energy(v) },
  { key: 'powerW', name: 'Power', less: null, show: (v) => si(v, 'W'), about: 'the mean while it runs' },
  { key: 'energyDelayPjS', name: 'Energy × latency', less: true, show: (v) => si(v * 1e-12, 'Js') },
  { key: 'areaUm2', name: 'Area', less: true, show: (v) => area(v) },
  { key: 'tops', name: 'Performance', less: false, show: (v) => si(v * 1e12, 'OPS'), about: 'what is done, not the peak' },
  { key: 'topsPerW', name: 'Efficiency', less: false, show: (v) => `${figure(v)} TOPS/W` },
  { key: 'utilization', name: 'Utilization', less: false, show: (v) => percent(v) },
  { key: 'outermostBits', name: sameMemory ? `${designs[0].outermostMemory} traffic` : 'Outermost traffic', less: true, show: (v) => traffic(v) },
];

const metricOf = (i, metric) => designs[i].metrics[metric.key] ?? null;

/** The best designs by a metric, if more than one design has it and they differ. */
function best(metric) {
  const values = designs.map((d, i) => metricOf(i, metric)).filter((v) => v !== null);
  if (metric.less === null || values.length < 2 || new Set(values).size < 2) return new Set();
  const top = metric.less ? Math.min(...values) : Math.max(...values);
  return new Set(designs.map((d, i) => i).filter((i) => metricOf(i, metric) === top));
}

/** How a value stands to the first design's: 1.25× or, for shares of right answers, -0.5. */
function against(i, metric) {
  const value = metricOf(i, metric);
  const first = metricOf(0, metric);
  if (i === 0 || value === null || first === null) return '';
  if (metric.difference) return `${value >= first ? '+' : '−'}${Number(Math.abs(value - first).toFixed(2))}`;
  return first === 0 ? '' : `${figure(value / first)}×`;
}
