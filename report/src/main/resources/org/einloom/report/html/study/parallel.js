// All parameters and figures beside each other, a line through each point. Drawn by hand: the library as it comes along has no such chart.

const axes = [];

function makeAxes() {
  const figures = known.filter((m) => m.objective || !['edp', 'power'].includes(m.key) || known.length < 4);
  for (const v of varied) {
    const values = [...v.values].filter((x) => x !== null);
    const numbers = values.every((x) => typeof x === 'number');
    const sorted = numbers ? values.sort((a, b) => a - b) : values.sort((a, b) => String(a).localeCompare(String(b), 'en', { numeric: true }));
    const few = !numbers || sorted.length <= 12;
    const [low, high] = [sorted[0], sorted.at(-1)];
    const at = few ? new Map(sorted.map((x, i) => [x, sorted.length > 1 ? i / (sorted.length - 1) : 0.5])) : null;
    axes.push({
      key: `p${v.index}`, name: v.name, parameter: true,
      place: (p) => (p.values[v.index] === null ? null : few ? at.get(p.values[v.index]) : (p.values[v.index] - low) / (high - low)),
      ticks: few ? sorted.map((x) => [at.get(x), shownValue(x)]) : [0, 0.5, 1].map((s) => [s, shownValue(low + s * (high - low))]),
    });
  }
  for (const m of figures) {
    const values = points.filter((p) => p.status === 'evaluated' && p.figures[m.index] !== null).map((p) => p.figures[m.index]);
    if (!values.length) continue;
    const [low, high] = [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
    const span = high - low || 1;
    axes.push({
      key: `m${m.index}`, name: m.name, parameter: false,
      place: (p) => (p.status !== 'evaluated' || p.figures[m.index] === null ? null : (p.figures[m.index] - low) / span),
      ticks: high > low ? [0, 0.5, 1].map((s) => [s, m.axis(low + s * span)]) : [[0, m.axis(low)]],
    });
  }
}

const MOST_LINES = 600;

function parallelPanel() {
  const drawn = points.filter((p) => p.status === 'evaluated');
  if (axes.length < 2 || drawn.length < 2) return null;
  const some = (list) => list.filter((p, i) => i % Math.ceil((2 * list.length) / MOST_LINES) === 0);
  const lines = drawn.length <= MOST_LINES ? drawn : [...some(drawn.filter((p) => p.front)), ...some(drawn.filter((p) => !p.front))];
  // many lines above each other are still seen through
  const strength = Math.min(1, Math.max(0.3, 40 / Math.sqrt(lines.length * 10)));
  const host = h('div', { class: 'parallel', id: 'chart-parallel' });
  const reset = h('button', { type: 'button', class: 'quiet', onclick: () => { state.ranges.clear(); changed(); } }, 'Show all');
  const said = h('span', { class: 'found', role: 'status' });
  const height = 320;
  const top = 34;
  const bottom = height - 12;
  const y = (s) => bottom - s * (bottom - top);
  let chart = null;

  function draw() {
    const gap = 104;
    const padding = 2 * parseFloat(getComputedStyle(host).paddingLeft) || 0; // clientWidth has it in it
    const width = Math.max(host.clientWidth - padding || 800, gap * axes.length);
    const step = width / axes.length;
    const x = (i) => step * (i + 0.5) - 14;
    const path = (p) => axes.map((a, i) => [a.place(p), i]).filter(([s]) => s !== null).map(([s, i], n) => `${n ? 'L' : 'M'}${x(i).toFixed(1)} ${y(s).toFixed(1)}`).join('');
    const more = [state.open, ...state.chosen].filter((p) => p?.status === 'evaluated' && !lines.includes(p));
    const order = [...new Set([...lines, ...more])].sort((a, b) => GROUPS.findIndex(([k]) => k === groupOf(a)) - GROUPS.findIndex(([k]) => k === groupOf(b)));
    const strokes = order.map((p) => svg('path', {
      d: path(p), class: `strand ${groupOf(p)} ${inRanges(p) ? '' : 'out'} ${p === state.open || state.chosen.includes(p) ? 'picked' : ''}`,
      'data-point': p.id, onclick: () => openPoint(p),
    }, svg('title', {}, `${pointName(p)}: ${valuesOf(p)}`)));
    const columns = axes.map((a, i) => {
      const range = state.ranges.get(a.key);
      return svg('g', { class: 'axis', transform: `translate(${x(i)} 0)` },
        svg('text', { class: `axis-name ${a.parameter ? '' : 'figure'}`, y: 16, 'text-anchor': 'middle' }, short(a.name, 15), svg('title', {}, a.name)),
        svg('line', { y1: top, y2: bottom }),
        a.ticks.map(([s, text]) => svg('text', { class: 'axis-tick', x: 6, y: y(s) + 3.5 }, short(text, 11))),
        range && svg('rect', { class: 'range', x: -7, width: 14, y: y(range[1]), height: Math.max(3, y(range[0]) - y(range[1])) }),
        svg('rect', { class: 'handle', x: -14, width: 28, y: top - 8, height: bottom - top + 16, 'data-axis': a.key, onpointerdown: (event) => brush(event, a) },
          svg('title', {}, `Draw along ${a.name} to see only the points of a range`)));
    });
    chart = svg('svg', { width, height, viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': `Parallel coordinates of ${plural(lines.length, 'point')}` }, svg('g', { class: 'strands', style: { '--strength': strength } }, strokes), columns);
    const left = host.scrollLeft;
    fill(host, chart);
    host.scrollLeft = left;
    const within = drawn.filter(inRanges).length;
    said.textContent = state.ranges.size ? `${plain(within)} of ${plain(drawn.length)} points in range` : lines.length < drawn.length ? `${plain(lines.length)} of ${plain(drawn.length)} lines drawn` : '';
    reset.hidden = state.ranges.size === 0;
  }

  function brush(event, axis) {
    event.preventDefault();
    const place = (e) => Math.min(1, Math.max(0, (bottom - (e.clientY - chart.getBoundingClientRect().top)) / (bottom - top)));
    const from = place(event);
    const move = (e) => {
      const to = place(e);
      state.ranges.set(axis.key, [Math.min(from, to) - 1e-9, Math.max(from, to) + 1e-9]);
      draw();
    };
    const up = (e) => {
      removeEventListener('pointermove', move);
      removeEventListener('pointerup', up);
      // a click without a range takes the range away
      if (Math.abs(place(e) - from) < 0.02) state.ranges.delete(axis.key);
      changed();
    };
    addEventListener('pointermove', move);
    addEventListener('pointerup', up);
  }

  listeners.push(draw);
  const panel = h('section', { class: 'panel', id: 'parallel', 'aria-labelledby': 'title-parallel' },
    panelHead('parallel', 'Parameters and figures', 'A line is a point. Draw along an axis to keep a range; the other charts follow.', [said, reset]), host);
  panel.draw = draw;
  charts.set('parallel', { panel, draw });
  return panel;
}
