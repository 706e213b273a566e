// Where a figure comes from: count x cost = energy, level by level, down to the source of the cost.

const drawer = (() => {
  const trail = [];
  const title = h('h2', { id: 'drawer-title' });
  const body = h('div', { class: 'drawer-body' });
  const back = h('button', { type: 'button', class: 'quiet', 'aria-label': 'Back', onclick: () => { trail.pop(); show(); } }, icon('back'), 'Back');
  const close = h('button', { type: 'button', class: 'quiet', 'aria-label': 'Close', onclick: () => dialog.close() }, icon('close'));
  const dialog = h('dialog', {
    class: 'drawer', 'aria-labelledby': 'drawer-title',
    onclick: (event) => { if (event.target === dialog) dialog.close(); },
    onclose: () => { trail.length = 0; },
  }, h('header', {}, back, h('span', { class: 'drawer-kind' }, 'Where this figure comes from'), close), title, body);

  function show() {
    const page = trail.at(-1)();
    back.style.visibility = trail.length > 1 ? 'visible' : 'hidden';
    fill(title, page.title);
    fill(body, page.content);
    body.scrollTop = 0;
    if (!dialog.open) dialog.showModal();
  }

  return { dialog, open: (page) => { trail.push(page); show(); }, close: () => dialog.close() };
})();

/** A figure that tells where it comes from when it is clicked. */
function traced(text, page, what) {
  return h('button', { type: 'button', class: 'traced', 'aria-label': `${text}: where ${what ?? 'this'} comes from`, onclick: () => drawer.open(page) }, text);
}

const formula = (...parts) => h('p', { class: 'formula' }, parts);
/** Lines of name, value and share; total: whether the last is the sum of the others. */
const sum = (rows, total = false) => h('table', { class: `sum ${total ? 'total' : ''}` }, h('tbody', {}, rows.filter(Boolean).map(([name, value, share, color]) => h('tr', {},
  h('th', { scope: 'row' }, color && h('span', { class: 'swatch', style: { background: color } }), name),
  h('td', { class: 'number' }, value), h('td', { class: 'number dim' }, share)))));

function traceTotalEnergy() {
  const parts = layers.map((l, i) => [l, i]).sort(([a], [b]) => b.energyPj * b.repeats - a.energyPj * a.repeats);
  const most = parts.slice(0, 60);
  const rest = parts.slice(60).reduce((s, [l]) => s + l.energyPj * l.repeats, 0);
  return {
    title: `Energy: ${energy(totals.energyPj, 5)}`,
    content: [formula('the sum over all layers of energy × how often the layer occurs'),
      sum([...most.map(([l, i]) => [
        [layerName(i), l.repeats > 1 && h('span', { class: 'dim' }, ` × ${l.repeats}`)],
        traced(energy(l.energyPj * l.repeats, 4), () => traceLayer(i), `the energy of ${l.name}`),
        percent((l.energyPj * l.repeats) / totals.energyPj, 1)]),
      rest > 0 && [`${plural(parts.length - 60, 'other layer')}`, energy(rest, 4), percent(rest / totals.energyPj, 1)],
      ['all layers', `${plain(totals.energyPj)} pJ`, '']], true)],
  };
}

function traceLayer(i) {
  const layer = layers[i];
  return {
    title: `${layer.name}: ${energy(layer.energyPj, 5)}`,
    content: [formula('one execution: the sum over all components'),
      sum([...[...layer.components].sort((a, b) => b.energyPj - a.energyPj).map((c) => [c.name,
        traced(energy(c.energyPj, 4), () => traceComponent(i, c.name), `the energy of ${c.name}`),
        percent(c.energyPj / layer.energyPj, 1), componentColor(c.name)]),
      ['the layer', `${plain(layer.energyPj)} pJ`, '']], true),
      h('p', {}, h('button', { type: 'button', class: 'quiet', onclick: () => { drawer.close(); selectLayer(i, true); } }, 'Show this layer'))],
  };
}

/** What one action costs, as it stands in the design, in pJ; leakage is given as a power. */
function costOf(component, action) {
  if (action === 'leak') {
    const power = figures.find((f) => f.component === component && f.figure === 'leakage uW');
    const clockHz = design.clockHz;
    return power && { figure: power, pj: clockHz ? (power.value * 1e6) / clockHz : null };
  }
  const figure = figures.find((f) => f.component === component && f.figure === `${action} pJ`);
  return figure && { figure, pj: figure.value };
}

function traceComponent(i, name) {
  const layer = layers[i];
  const c = componentOf(layer, name);
  return {
    title: `${name}: ${energy(c.energyPj, 5)}`,
    content: [h('p', { class: 'dim' }, `in ${layer.name}, one execution, over ${plural(c.instances, 'instance')}`),
      formula('the sum over its actions of count × cost'),
      Object.entries(c.actions).map(([action, a]) => actionLine(layer, c, action, a)),
      tensorTable(layer, c)],
  };
}

function actionLine(layer, c, action, a) {
  const cost = costOf(c.name, action);
  const product = cost?.pj !== null && cost?.pj !== undefined ? a.count * cost.pj : null;
  const agrees = product !== null && Math.abs(product - a.energyPj) <= 1e-9 * Math.max(Math.abs(product), a.energyPj);
  const unit = action === 'leak' ? 'instance-cycles' : `${action} actions`;
  return h('div', { class: 'bill', 'data-action': action },
    h('h3', {}, action, h('span', { class: 'number' }, energy(a.energyPj, 4))),
    formula(
      h('span', { title: unit }, plain(a.count)), ' × ',
      cost ? traced(`${plain(cost.pj ?? cost.figure.value)} pJ`, () => traceFigure(cost.figure), `the cost of ${action}`) : '?',
      ' = ', h('b', {}, `${plain(a.energyPj)} pJ`), agrees && h('span', { class: 'agrees', title: 'The product is the figure.' }, icon('check'))),
    h('p', { class: 'dim' }, unit, action === 'leak'
      ? ': instances, used or not, × cycles of the layer; each leaks its power / clock'
      : cost?.figure.source ? ` — ${cost.figure.source}` : ' — no source is given for this cost'));
}

function tensorTable(layer, c) {
  const entries = Object.entries(c.tensors);
  if (!entries.length) return null;
  const flows = ['reads', 'fills', 'updates', 'drains'];
  if (entries.some(([, f]) => f.links)) flows.push('links'); // what neighbours hand on
  return [h('h3', {}, 'Words moved'), h('div', { class: 'scroller' }, h('table', { class: 'data' },
    h('thead', {}, h('tr', {}, ['tensor', ...flows, 'energy'].map((t, i) =>
      h('th', { scope: 'col', class: i ? 'number' : '' }, t)))),
    h('tbody', {}, entries.map(([tensor, f]) => h('tr', {},
      h('td', {}, h('span', { class: 'swatch', style: { background: roleColor(roleOf(layer, tensor)) } }), tensor),
      flows.map((flow) => h('td', { class: 'number' }, plain(f[flow] ?? 0))),
      h('td', { class: 'number' }, energy(f.energyPj)))))))];
}

/** Green for what is well founded, amber for what is assumed or left out. */
const originTone = (f) => ({ 'as published': 'good', 'by component class': 'good', 'without a source': 'plain', 'nothing by rule': 'plain' }[f.origin] ?? 'warn');

function traceFigure(f) {
  const d = f.derivation;
  const unit = f.figure.split(' ').at(-1).replace('um2', 'µm²').replace('uW', 'µW');
  return {
    title: `${f.component}, ${f.figure.replace(/ \S+$/, '')}: ${plain(f.value)} ${unit}`,
    content: [h('p', {}, h('span', { class: `badge ${originTone(f)}` }, f.origin === 'not given' ? 'not given, taken as 0' : f.origin)),
      f.source && h('p', { class: 'source' }, f.source),
      d && [h('h3', {}, 'How it was derived'),
        h('p', { class: 'dim' }, d.standing, d.extrapolated && ', outside what the source covers',
          d.uncertainty && `; it may lie from ${si(d.uncertainty[0], '', 3)} to ${si(d.uncertainty[1], '', 3)}`),
        derivation(d.steps)]],
  };
}

function derivation(steps) {
  return h('ol', { class: 'derivation' }, steps.map((s) => h('li', { class: s.step },
    h('div', {}, h('b', { class: 'number' }, s.step === 'times' ? '× ' : s.step === 'sum' ? '= ' : '', Number(s.value.toPrecision(6))), ' ', s.what),
    s.source && h('div', { class: 'dim' }, s.source, s.standing && ` (${s.standing}${s.extrapolated ? ', extrapolated' : ''})`),
    s.parts && h('div', { class: 'parts' }, s.parts.map((part) => derivation(part))))));
}

function traceLatency(i) {
  const layer = layers[i];
  const busy = layer.components.filter((c) => c.latencyCycles > 0).sort((a, b) => b.latencyCycles - a.latencyCycles);
  const most = busy[0]?.latencyCycles ?? 1;
  return {
    title: `${layer.name}: ${seconds(layer.latencyS, 5)}`,
    content: [formula(`${plain(layer.cycles)} cycles`, design.clockHz ? ` at ${si(design.clockHz, 'Hz')}` : '', ': the time of the slowest component; all transfers overlap'),
      sum(busy.map((c) => [c.name, `${plain(Math.round(c.latencyCycles * 100) / 100)} cycles`, percent(c.latencyCycles / most), componentColor(c.name)]))],
  };
}

/** A total that is made of two others. */
const traceFormula = (title, text, rows) => () => ({ title, content: [formula(text), sum(rows)] });
