// What the study came to, in a few figures.

function studyCards() {
  const card = (name, value, about, more = '') => h('div', { class: `card main ${more}` }, h('span', { class: 'card-name' }, name), h('span', { class: 'card-value' }, value), h('span', { class: 'card-about' }, about));
  const unproven = counts.evaluated - counts.proven;
  return h('section', { class: 'cards', id: 'overview', 'aria-label': 'Overview' },
    card('Points', plain(counts.points), data.study.method),
    card('On the front', plain(counts.front), `by ${data.study.objectives.join(', ')}`),
    card('Evaluated', plain(counts.evaluated), [counts.kept < counts.evaluated && `${plain(counts.kept)} within the limits`,
      counts.evaluated > 0 && (unproven ? `${plain(counts.proven)} proven optimal in every layer` : 'every layer proven optimal')].filter(Boolean).join(', '), unproven || !counts.evaluated ? '' : 'good'),
    card('Not evaluated', plain(counts.points - counts.evaluated), [counts.cut && `${plain(counts.cut)} cut by a bound`, counts.infeasible && `${plain(counts.infeasible)} impossible`].filter(Boolean).join(', ') || 'none'));
}

/** What a reader should know of what is not on the page. */
function studyNotices() {
  return [
    data.study.sampled && h('p', { class: 'notice', id: 'sampled' }, h('b', {}, 'Not all combinations were looked at: '),
      `${data.study.method}. The front and the answers are the best of these; whether others are better is not known.`),
    counts.shown < counts.points && h('p', { class: 'notice', id: 'subsampled' }, h('b', {}, `${plain(counts.shown)} of ${plain(counts.points)} points are shown: `),
      'answers, the front, and others spread evenly over the study. Counts, answers, and what parameters matter are of all points.'),
  ].filter(Boolean);
}
