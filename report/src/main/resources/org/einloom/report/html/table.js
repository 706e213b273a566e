// Tables that sort, filter, and draw only the rows in view, so that a thousand rows are as quick as ten.

const ROW_PX = 36;
const MOST_DRAWN_AT_ONCE = 60;

/**
 * @param spec id; caption; columns: [{key, name, title, value(row), show(row), number, wide}]; rows;
 *     filter(row): the text that is searched; onrow(row); selected(row); sort: [key, descending]
 * @returns the element; its refresh() draws it anew
 */
function dataTable(spec) {
  const state = { query: '', key: spec.sort?.[0] ?? null, descending: spec.sort?.[1] ?? false, rows: spec.rows };
  const body = h('tbody');
  const heads = spec.columns.map((c) => h('th', { scope: 'col', class: c.number ? 'number' : '', title: c.title },
    h('button', { type: 'button', 'data-sort': c.key, onclick: () => sort(c) }, c.name, h('span', { class: 'arrow', 'aria-hidden': 'true' }))));
  const table = h('table', { class: 'data' }, h('caption', { class: 'unseen' }, spec.caption),
    h('thead', {}, h('tr', {}, heads)), body);
  const scroller = h('div', { class: 'scroller', tabindex: '0', role: 'region', 'aria-label': spec.caption, onscroll: () => draw() }, table);
  const found = h('span', { class: 'found', role: 'status' });
  const search = spec.filter && h('input', {
    type: 'search', placeholder: spec.placeholder ?? 'Filter', 'aria-label': `Filter: ${spec.caption}`,
    oninput: (event) => { state.query = event.target.value; update(); },
  });

  function sort(column) {
    if (state.key === column.key) {
      // the second click turns it round, the third gives the order back
      if (state.descending === Boolean(column.number)) state.descending = !state.descending;
      else state.key = null;
    } else {
      state.key = column.key;
      state.descending = Boolean(column.number);
    }
    update();
  }

  function update() {
    const words = state.query.toLowerCase().split(/\s+/).filter(Boolean);
    state.rows = spec.rows.filter((row) => {
      if (!words.length) return true;
      const text = spec.filter(row).toLowerCase();
      return words.every((word) => text.includes(word));
    });
    const column = spec.columns.find((c) => c.key === state.key);
    if (column) {
      const sign = state.descending ? -1 : 1;
      state.rows.sort((a, b) => sign * compare(column.value(a), column.value(b)));
    }
    spec.columns.forEach((c, i) => heads[i].setAttribute('aria-sort',
      c !== column ? 'none' : state.descending ? 'descending' : 'ascending'));
    table.setAttribute('aria-rowcount', String(state.rows.length + 1));
    found.textContent = words.length ? `${plain(state.rows.length)} of ${plain(spec.rows.length)}` : '';
    scroller.scrollTop = 0;
    draw(true);
  }

  let drawn = '';
  function draw(anew = false) {
    const many = state.rows.length > MOST_DRAWN_AT_ONCE;
    scroller.classList.toggle('many', many);
    const first = many ? Math.max(0, Math.floor(scroller.scrollTop / ROW_PX) - 8) : 0;
    const last = many ? Math.min(state.rows.length, first + 40) : state.rows.length;
    if (!anew && drawn === `${first} ${last}`) return;
    drawn = `${first} ${last}`;
    const gap = (rows) => rows > 0 && h('tr', { class: 'gap', 'aria-hidden': 'true' },
      h('td', { colspan: spec.columns.length, style: { height: `${rows * ROW_PX}px` } }));
    fill(body, gap(first), state.rows.slice(first, last).map((row, i) => line(row, first + i)),
      gap(state.rows.length - last),
      state.rows.length === 0 && h('tr', {}, h('td', { colspan: spec.columns.length, class: 'none' }, 'Nothing matches')));
  }

  function line(row, index) {
    const selected = spec.selected?.(row);
    const tr = h('tr', { 'aria-rowindex': index + 2, class: selected ? 'selected' : '', 'aria-current': selected ? 'true' : null },
      spec.columns.map((c) => h('td', { class: `${c.number ? 'number' : ''} ${c.wide ? 'wide' : ''}` }, c.show(row))));
    if (spec.onrow) {
      tr.classList.add('link');
      tr.addEventListener('click', (event) => { if (!event.target.closest('button, a')) spec.onrow(row); });
    }
    return tr;
  }

  const element = h('div', { class: 'table', id: spec.id },
    spec.filter && h('div', { class: 'table-head' }, search, found), scroller);
  element.refresh = () => draw(true);
  update();
  return element;
}

/** What is not known comes last in either order's end: it is less than anything. */
function compare(a, b) {
  if (a === b) return 0;
  if (a === null || a === undefined) return -1;
  if (b === null || b === undefined) return 1;
  return typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b), 'en', { numeric: true });
}

/** A share of a whole, as a bar with parts. */
function miniBar(parts, label) {
  return h('span', { class: 'mini', role: 'img', 'aria-label': label, title: label },
    parts.map(([share, color]) => h('span', { style: { width: `${Math.min(100, 100 * share)}%`, background: color } })));
}
