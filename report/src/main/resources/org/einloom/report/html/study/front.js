// Any two figures against each other, with the front between them.

function picker(label, options, initial, pick) {
  return h('label', { class: 'picker' }, h('span', {}, label),
    h('select', { 'aria-label': label, onchange: (event) => pick(event.target.value) },
      options.map(([key, name]) => h('option', { value: key, selected: key === initial }, name))));
}

/** The points that no other beats in both, from left to right. */
function frontOf(list, x, y) {
  const sign = (m) => (m.more ? -1 : 1);
  const sorted = [...list].sort((a, b) => sign(x) * (a.figures[x.index] - b.figures[x.index]) || sign(y) * (a.figures[y.index] - b.figures[y.index]));
  let best = Infinity;
  return sorted.filter((p) => {
    const v = sign(y) * p.figures[y.index];
    if (v >= best) return false;
    best = v;
    return true;
  }).sort((a, b) => a.figures[x.index] - b.figures[x.index]);
}

function frontPanel() {
  const objectives = known.filter((m) => m.objective);
  const first = objectives[0] ?? known[0];
  const second = objectives.find((m) => m !== first) ?? known.find((m) => m !== first);
  if (!first || !second) return null;
  const view = { x: first, y: second, log: false };
  const hidden = new Set();
  const redraw = () => charts.get('front').draw();
  const has = (p) => p.figures[view.x.index] !== null && p.figures[view.y.index] !== null;
  const members = (is) => points.filter((p) => is(p) && has(p));
  const options = known.map((m) => [m.key, m.name]);
  const axis = (m) => ({
    type: view.log ? 'log' : 'value', scale: true, ...axisLook({ splitNumber: 4 }), name: m.name, nameLocation: 'middle',
    axisLabel: { ...axisLook().axisLabel, hideOverlap: true, formatter: (v) => m.axis(v) },
  });
  const item = (p, i) => ({ value: [p.figures[view.x.index], p.figures[view.y.index], i], itemStyle: { opacity: inRanges(p) ? 0.9 : 0.12 } });
  const hollow = (key) => key === 'broken' || key === 'cut';
  const symbols = { front: ['circle', 10], kept: ['circle', 7], broken: ['circle', 6], cut: ['triangle', 7] };
  return chartPanel({
    id: 'front', title: 'Any two figures', class: 'front',
    about: 'A click opens a point, a second one sets it side by side with others. Points that were cut stand at their bounds, which no mapping is below.',
    switches: [picker('Across', options, view.x.key, (k) => { view.x = measureOf.get(k); redraw(); }),
      picker('Up', options, view.y.key, (k) => { view.y = measureOf.get(k); redraw(); }),
      choice('Scale', [['linear', 'Linear'], ['log', 'Log']], 'linear', (s) => { view.log = s === 'log'; redraw(); })],
    marks: () => points.length, height: () => 420,
    legend: () => toggles(GROUPS.filter(([, , is]) => points.some(is)).reverse().map(([key, name, is]) => ({ key, name, color: groupColor(key), value: plain(members(is).length) })), hidden, redraw),
    option: (width) => {
      const steps = frontOf(points.filter((p) => kept(p) && has(p) && inRanges(p)), view.x, view.y);
      return {
        grid: { left: 34, right: 20, top: 14, bottom: 34, containLabel: true },
        tooltip: { ...look().tooltip, formatter: (event) => (event.seriesId === 'steps' ? '' : pointTip(points[event.value[2]])) },
        xAxis: { ...axis(view.x), nameGap: 28, splitNumber: width < 520 ? 3 : 5 },
        yAxis: { ...axis(view.y), nameGap: width < 520 ? 58 : 68 },
        series: [{
          id: 'steps', type: 'line', step: view.x.more ? 'start' : 'end', symbol: 'none', silent: true, tooltip: { show: false }, z: 1,
          data: hidden.has('front') ? [] : steps.map((p) => [p.figures[view.x.index], p.figures[view.y.index]]),
          lineStyle: { color: theme.token('accent'), width: 1.5, opacity: 0.55 },
        }, ...GROUPS.map(([key, name, is], z) => ({
          id: key, name, type: 'scatter', symbol: symbols[key][0], symbolSize: symbols[key][1], cursor: 'pointer', z: 2 + z,
          itemStyle: hollow(key) ? { color: 'transparent', borderColor: groupColor(key), borderWidth: 1.5 } : { color: groupColor(key), borderColor: theme.token('surface'), borderWidth: key === 'front' ? 1 : 0.5 },
          data: hidden.has(key) ? [] : points.map((p, i) => [p, i]).filter(([p]) => is(p) && has(p)).map(([p, i]) => item(p, i)),
        })), {
          id: 'chosen', type: 'scatter', symbolSize: 18, silent: true, labelLayout: { moveOverlap: 'shiftY' }, z: 8, tooltip: { show: false },
          data: [...new Set([...state.chosen, state.open])].filter((p) => p && has(p)).map((p) => ({
            value: [p.figures[view.x.index], p.figures[view.y.index]],
            itemStyle: { color: 'transparent', borderWidth: 2, borderColor: state.chosen.includes(p) ? chosenColor(state.chosen.indexOf(p)) : theme.token('ink') },
            label: { show: true, position: 'right', distance: 4, formatter: pointName(p), fontSize: 11, color: theme.token('ink'), textBorderColor: theme.token('surface'), textBorderWidth: 3 },
          })),
        }],
      };
    },
    onclick: (event) => {
      const p = points[event.value?.[2]];
      if (!p) return;
      if (state.open === p) choose(p);
      else openPoint(p);
    },
    table: () => pointsTable('front-points', frontOf(points.filter((p) => kept(p) && has(p)), view.x, view.y), [view.x, view.y]),
  });
}
