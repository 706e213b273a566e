// Charts with what every one of them has: a title, switches, a legend, a table of the same figures.

const charts = new Map();

/** What all charts look like. */
function look() {
  return {
    animation: false,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, fontSize: 12, color: theme.token('ink-2') },
    aria: { enabled: true },
    tooltip: {
      confine: true,
      backgroundColor: theme.token('raised'),
      borderColor: theme.token('line'),
      borderWidth: 1,
      padding: 12,
      textStyle: { color: theme.token('ink'), fontSize: 12, fontWeight: 'normal' },
      extraCssText: 'border-radius:10px;box-shadow:var(--shadow-2);max-width:320px;white-space:normal',
    },
  };
}

function axisLook(more = {}) {
  return {
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { lineStyle: { color: theme.token('line-soft') } },
    axisLabel: { color: theme.token('ink-3'), fontSize: 11, hideOverlap: true },
    nameTextStyle: { color: theme.token('ink-3'), fontSize: 11 },
    ...more,
  };
}

/** What a tooltip shows: a heading and lines of colour, name and value. */
function tip(title, lines, note) {
  return h('div', { class: 'tip' }, h('strong', {}, title), note && h('p', {}, note),
    h('table', {}, lines.map(([color, name, value]) => h('tr', {},
      h('td', {}, color && h('span', { class: 'swatch', style: { background: color } }), name),
      h('td', { class: 'number' }, value)))));
}

/**
 * A panel with one chart.
 *
 * @param spec id; title; about; option(): what ECharts draws; height(): in pixels; switches: elements;
 *     onclick(event); table(): an element with the same figures
 */
function chartPanel(spec) {
  const host = h('div', { class: 'chart', id: `chart-${spec.id}`, role: 'img', 'aria-label': spec.title });
  const legend = h('div', { class: 'legend' });
  const tableHost = h('div', { class: 'beside' });
  const details = h('details', {
    class: 'as-table',
    ontoggle: () => { if (details.open) fill(tableHost, spec.table()); },
  }, h('summary', {}, 'Show as a table'), tableHost);
  const panel = h('section', { class: `panel ${spec.class ?? ''}`, id: spec.id, 'aria-labelledby': `title-${spec.id}` },
    panelHead(spec.id, spec.title, spec.about, spec.switches),
    legend, host, spec.note && h('p', { class: 'footnote' }, spec.note), details);
  const entry = { chart: null, panel, draw: null };
  entry.draw = () => {
    const height = spec.height();
    host.style.height = `${height}px`;
    if (!entry.chart) {
      entry.chart = echarts.init(host, null, { renderer: spec.marks() > 3000 ? 'canvas' : 'svg' });
      if (spec.onclick) entry.chart.on('click', spec.onclick);
    }
    entry.chart.resize();
    entry.chart.setOption({ ...look(), ...spec.option(host.clientWidth) }, { notMerge: true });
    if (spec.legend) fill(legend, spec.legend());
    if (details.open) fill(tableHost, spec.table());
  };
  charts.set(spec.id, entry);
  return panel;
}

function panelHead(id, title, about, switches) {
  return h('header', { class: 'panel-head' },
    h('div', {}, h('h2', { id: `title-${id}` }, title), about && h('p', { class: 'about' }, about)),
    switches && h('div', { class: 'switches' }, switches));
}

/** Draws all charts, now and whenever the colours or the width of the page change. */
function drawCharts() {
  const all = () => charts.forEach((entry) => entry.draw());
  all();
  theme.listeners.push(all);
  let width = innerWidth;
  let waiting = null;
  addEventListener('resize', () => {
    if (innerWidth === width) return;
    width = innerWidth;
    clearTimeout(waiting);
    waiting = setTimeout(all, 120);
  });
}

/** Buttons of which one is pressed; choose(key) is called when that changes. */
function choice(label, options, initial, choose) {
  const buttons = options.map(([key, name]) => h('button', {
    type: 'button', 'aria-pressed': String(key === initial), 'data-choice': key,
    onclick: (event) => {
      buttons.forEach((b) => b.setAttribute('aria-pressed', String(b === event.currentTarget)));
      choose(key);
    },
  }, name));
  return h('div', { class: 'segmented', role: 'group', 'aria-label': label }, buttons);
}

/** A legend whose entries switch their series off and on. */
function toggles(entries, hidden, redraw) {
  return entries.map(({ key, name, color, value }) => h('button', {
    type: 'button', class: 'key', 'aria-pressed': String(!hidden.has(key)), title: `Show or hide ${name}`,
    onclick: () => {
      if (!hidden.delete(key)) hidden.add(key);
      redraw();
    },
  }, h('span', { class: 'swatch', style: { background: color } }), h('span', {}, name),
  value && h('span', { class: 'key-value' }, value)));
}
