// A study: points with values of parameters and figures, some of them chosen.

const points = data.points;
const parameters = data.parameters;
const counts = data.counts;

const NAMES = { energy: 'Energy', latency: 'Latency', edp: 'Energy × latency', power: 'Power', area: 'Area' };

/** The figures in the order of the data, how they are called and shown; a column of a user's table has no unit. */
const measures = data.measures.map((m, i) => {
  const [name, ...rest] = m.key.split(' of ');
  const called = NAMES[name] ?? name;
  const show = {
    pJ: (v, d) => energy(v, d), s: (v, d) => seconds(v, d), 'pJ s': (v, d) => si(v * 1e-12, 'Js', d), W: (v, d) => si(v, 'W', d), um2: (v, d) => (v < 1e4 ? `${figure(v, d)} µm²` : `${figure(v / 1e6, d)} mm²`),
  }[m.unit] ?? ((v, d) => figure(v, Math.max(4, d)));
  const axis = {
    pJ: (v, d) => tick(v * 1e-12, 'J', d), s: (v, d) => tick(v, 's', d), 'pJ s': (v, d) => tick(v * 1e-12, 'Js', d), W: (v, d) => tick(v, 'W', d), um2: (v, d) => `${Number((v / 1e6).toPrecision(d))} mm²`,
  }[m.unit] ?? ((v, d) => tick(v, '', d));
  return { ...m, index: i, name: rest.length ? `${called} of ${rest.join(' of ')}` : called, show: (v, d = digitsOf(i, show)) => (v === null ? '–' : show(v, d)), axis: (v, d = ticksOf(i)) => axis(v, d) };
});

/** By figure, as many digits as tell the points of the front and the answers apart; three at least. */
const digits = new Map();
function digitsOf(index, show) {
  if (!digits.has(index)) {
    const answers = new Set(data.answers.map((a) => a.point));
    const values = [...new Set(points.filter((p) => p.front || answers.has(p.id)).map((p) => p.figures[index]).filter((v) => v !== null).map((v) => Number(v.toPrecision(7))))];
    let d = 3;
    while (d < 7 && new Set(values.map((v) => show(v, d))).size < values.length) d++;
    digits.set(index, d);
  }
  return digits.get(index);
}
const measureOf = new Map(measures.map((m) => [m.key, m]));
const pointOf = new Map(points.map((p) => [p.id, p]));

/** By figure, as many digits as tell the marks of an axis over all points apart. */
function ticksOf(index) {
  const values = points.map((p) => p.figures[index]).filter((v) => v !== null);
  const high = values.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
  const span = high && values.reduce((a, b) => Math.max(a, b)) - values.reduce((a, b) => Math.min(a, b));
  return span > 0 ? Math.min(7, Math.max(3, 2 + Math.ceil(Math.log10(high / span)))) : 3;
}

/** What is known of points with figures of that measure at all. */
const known = measures.filter((m) => points.some((p) => p.figures[m.index] !== null));

/** 32 and not 32.0; what is there in all points but in this one is –. */
const shownValue = (v) => (v === null ? '–' : typeof v === 'number' ? (Math.abs(v) < 1e6 || !Number.isInteger(v) ? String(Number(v.toPrecision(6))) : count(v)) : v);

/** Parameters that differ between the points of the page. */
const varied = parameters.map((name, i) => ({ name, index: i, values: new Set(points.map((p) => p.values[i])) })).filter((p) => p.values.size > 1);

const broken = (p) => (p.broken?.length ?? 0) > 0;
const kept = (p) => p.status === 'evaluated' && !broken(p);

/** The groups that points are drawn in, from the back to the front. */
const GROUPS = [
  ['cut', 'cut by its bound', (p) => p.status === 'cut'],
  ['broken', 'beyond a limit', (p) => p.status === 'evaluated' && broken(p)],
  ['kept', 'evaluated', (p) => kept(p) && !p.front],
  ['front', 'on the front', (p) => p.front],
];
const groupOf = (p) => GROUPS.find(([, , is]) => is(p))?.[0] ?? 'infeasible';
const groupColor = (group) => ({
  front: theme.token('accent'), kept: oklch(theme.dark() ? 0.62 : 0.68, 0.05, 262), broken: oklch(theme.dark() ? 0.72 : 0.64, 0.13, 60), cut: theme.token('ink-3'),
}[group] ?? theme.token('ink-3'));

/** What the reader looks at: a point that is open, points that are set side by side, ranges of axes. */
const state = { open: null, chosen: [], ranges: new Map() };
const MOST_CHOSEN = 6;

/** In how few words a point can be told from the others. */
const pointName = (p) => `#${p.number}`;
const valuesOf = (p) => varied.map((v) => `${v.name} ${shownValue(p.values[v.index])}`).join(', ');

/** The points that are within all ranges that were drawn on axes. */
function inRanges(p) {
  for (const [key, [low, high]] of state.ranges) {
    const at = axes.find((a) => a.key === key)?.place(p) ?? null;
    if (at === null || at < low || at > high) return false;
  }
  return true;
}

const listeners = [];
const changed = () => listeners.forEach((f) => f());

function openPoint(p, go = false) {
  state.open = p;
  changed();
  history.replaceState(null, '', `#point=${p.id}`);
  if (go) document.getElementById('point').scrollIntoView({ behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' });
}

function choose(p) {
  const at = state.chosen.indexOf(p);
  if (at >= 0) state.chosen.splice(at, 1);
  else {
    if (state.chosen.length === MOST_CHOSEN) state.chosen.shift();
    state.chosen.push(p);
  }
  changed();
}

const chosenColor = (i) => seriesColor([0, 4, 2, 6, 1, 5][i % 6]);

/** Lines of a tooltip about a point. */
function pointTip(p) {
  const why = p.status === 'cut' ? `cut: ${p.reason === 'dominated' ? `${pointOf.has(p.by) ? pointName(pointOf.get(p.by)) : 'another'} is at least as good as its bounds` : `beyond ${p.reason}`}`
    : broken(p) ? `beyond ${p.broken.join('; ')}` : p.front ? 'on the front' : 'evaluated';
  const bound = p.status === 'cut' ? '≥ ' : '';
  return tip(pointName(p), [
    ...varied.map((v) => [null, v.name, shownValue(p.values[v.index])]),
    ...known.filter((m) => p.figures[m.index] !== null).map((m) => [null, m.name, `${m.key === 'area' ? '' : bound}${m.show(p.figures[m.index])}`])], why);
}
