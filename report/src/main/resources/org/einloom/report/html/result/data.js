// The result, with what the panels ask of it. Figures are taken from the JSON; what is computed here is sums and shares.

const result = data;
const totals = result.totals ?? {};
const layers = result.layers ?? [];
const figures = result.figures ?? [];
const design = { ...result.hardware, nodes: (result.hardware?.nodes ?? []).map((n) => ({ ...n, name: n.component })) };
const nodes = new Map(design.nodes.map((n) => [n.name, n]));
const state = { layer: 0, repeated: true };

const labels = briefNames(layers);

/** How often a layer counts: as often as it occurs, or once. */
const times = (layer) => (state.repeated ? layer.repeats : 1);

/** The components of all layers in the order of the design. */
const components = (() => {
  const names = new Set(design.nodes.map((n) => n.name));
  layers.forEach((l) => l.components.forEach((c) => names.add(c.name)));
  const costly = new Set(layers.flatMap((l) => l.components.filter((c) => c.energyPj > 0).map((c) => c.name)));
  return [...names].map((name, i) => ({ name, index: i, costly: costly.has(name) }));
})();
const componentIndex = new Map(components.map((c) => [c.name, c.index]));
const componentColor = (name) => seriesColor(componentIndex.get(name) ?? 0);

const componentOf = (layer, name) => layer.components.find((c) => c.name === name);
const isMemory = (name) => nodes.get(name)?.kind === 'memory';

/** The tensors of a layer, the result last: name, role, and the rank variables that it is indexedBy. */
function tensorsOf(layer) {
  const e = layer.einsum;
  return e?.operands && e.output ? [...e.operands, e.output].map((t) => ({
    name: t.name, role: t.role, indexedBy: [...new Set(t.ranks.flatMap((r) => Object.keys(r.terms)))],
  })) : [];
}

/** The role of a tensor of a layer; results of older versions do not say. */
function roleOf(layer, tensor) {
  return tensorsOf(layer).find((t) => t.name === tensor)?.role ?? (ROLES.includes(tensor) ? tensor : 'input');
}

/** What a layer's energy is spent on: the words of each role, the work, what leaks. */
function energyByRole(layer) {
  const sums = Object.fromEntries(ROLES.map((r) => [r, 0]));
  for (const c of layer.components) {
    let rest = c.energyPj;
    for (const [tensor, flows] of Object.entries(c.tensors)) {
      sums[roleOf(layer, tensor)] += flows.energyPj;
      rest -= flows.energyPj;
    }
    const leak = c.actions.leak?.energyPj ?? 0;
    sums.leakage += leak;
    // what is left is for no tensor: the work of the computes; rounding leaves a little everywhere
    if (Math.abs(rest - leak) > 1e-9 * c.energyPj) sums.compute += rest - leak;
  }
  return sums;
}

/** Operations of one execution: two for each multiply-accumulate, one for each point of what is no product. */
const operations = (layer) => 2 * layer.macs + (layer.operations ?? 0);

/** Of all points, those that are computed: with sparse tensors without what is gated or skipped. */
function shareDone(layer) {
  if (layer.sparsity) {
    const p = layer.sparsity.points;
    return p.done / (p.done + p.gated + p.skipped);
  }
  const c = layer.zeros?.computes;
  return c?.algorithmic > 0 ? c.actual / c.algorithmic : 1;
}

/** The compute that a layer ran on: the one that did something. */
const computeOf = (layer) => layer.components.find((c) =>
  (nodes.get(c.name)?.kind === 'compute' || c.actions.compute) && Object.keys(c.actions).some((a) => a !== 'leak'));

const status = {
  optimal: ['good', 'Proven optimal', 'No mapping of the mapspace is better.'],
  bounded: ['warn', 'Bounded', 'A better mapping may exist, but none below the proven bound.'],
  unproven: ['plain', 'Not proven', 'Nothing is known about better mappings.'],
  given: ['plain', 'Given', 'The mapping was given; nothing was searched.'],
};

/** The gap is of what was found: near 100 % the best may be many times better, and percents say little. */
const within = ({ gap }, of) => gap < 0.5
  ? `Within ${percent(gap, 1)}${of}`
  : gap < 1 ? `Up to ${figure(1 / (1 - gap))} times the best` : 'Bounded';

function proof(optimality) {
  const [tone, name, meaning] = status[optimality?.status] ?? ['plain', 'Unknown', ''];
  return optimality?.status === 'bounded' && optimality.gap !== null
    ? [tone, within(optimality, ' of the best'), meaning]
    : [tone, name, meaning];
}

const badge = ([tone, name, meaning]) => h('span', { class: `badge ${tone}`, title: meaning },
  tone === 'good' && icon('check'), name);
