// The answers: the best point of each budget and of each objective.

function answersPanel() {
  if (!data.answers.length) return null;
  const row = (a) => {
    const p = a.point && pointOf.get(a.point);
    const m = measureOf.get(a.measure);
    return h('tr', p ? { class: 'link', onclick: (event) => { if (!event.target.closest('button')) openPoint(p, true); } } : {},
      h('td', {}, h('b', {}, a.budget ? a.question : `${a.more ? 'Most' : 'Least'} ${m.name.toLowerCase()}`), a.limits.length > 0 && h('span', { class: 'dim' }, ` ${a.limits.join(', ')}`)),
      h('td', { class: 'number' }, p ? h('button', { type: 'button', class: 'traced', onclick: () => openPoint(p, true) }, pointName(p)) : '–'),
      h('td', { class: 'number' }, p ? m.show(p.figures[m.index]) : '–', h('span', { class: 'dim' }, ` ${m.name.toLowerCase()}`)),
      h('td', p ? { class: 'wide' } : { style: { whiteSpace: 'normal' } }, p ? valuesOf(p) : ['no point keeps to the limits', nearest(a)]));
  };
  const nearest = (a) => {
    const p = a.nearest && pointOf.get(a.nearest.point);
    if (!p) return '';
    const over = Object.entries(a.nearest.over).map(([key, share]) => `${measureOf.get(key).name.toLowerCase()} ${measureOf.get(key).show(p.figures[measureOf.get(key).index])}, ${percent(share, share < 0.1 ? 1 : 0)} beyond`);
    return ['; nearest is ', h('button', { type: 'button', class: 'traced', onclick: () => openPoint(p, true) }, pointName(p)), `: ${over.join('; ')}`];
  };
  return h('section', { class: 'panel', id: 'answers', 'aria-labelledby': 'title-answers' },
    panelHead('answers', 'Answers', 'The best point of each budget, and by each objective, within the limits of the study.'),
    h('div', { class: 'scroller', tabindex: '0', role: 'region', 'aria-label': 'Answers' }, h('table', { class: 'data', id: 'answers-table' },
      h('thead', {}, h('tr', {}, ['Question', 'Point', 'Value', 'Parameters'].map((t, i) => h('th', { scope: 'col', class: i === 1 || i === 2 ? 'number' : '' }, t)))),
      h('tbody', {}, data.answers.map(row)))));
}
