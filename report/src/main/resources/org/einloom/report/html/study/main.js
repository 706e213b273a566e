// The page of a study.

function groupVariables() {
  ['front', 'kept', 'broken', 'cut', 'infeasible'].forEach((g) => document.documentElement.style.setProperty(`--group-${g}`, groupColor(g)));
}

function main() {
  [groupVariables].forEach((f) => { f(); theme.listeners.push(f); });
  const answers = [...new Set(data.answers.map((a) => a.point).filter(Boolean))].map((id) => pointOf.get(id));
  state.chosen = answers.slice(0, MOST_CHOSEN);
  const wanted = /^#point=([0-9a-f]+)$/.exec(location.hash)?.[1];
  state.open = pointOf.get(wanted) ?? answers[0] ?? points.find((p) => p.front) ?? points.find((p) => p.status === 'evaluated') ?? points[0];
  makeAxes();
  const about = [plural(counts.points, 'point'), plural(parameters.length, 'parameter'), data.study.workloads.join(', '), `mapped for ${data.study.mapping}`].join(' · ');
  const limits = data.study.limits.map((l) => l.text).filter(Boolean);
  const title = [data.study.name, h('span', { class: 'on' }, ' on '), data.study.architecture.replace(/^.*\//, '').replace(/\.ya?ml$/, '')];
  const parallel = points.length > 0 && parallelPanel();
  const panels = [studyCards(), ...studyNotices(), ...(points.length ? [answersPanel(), frontPanel(), parallel, effectsPanel(), chosenPanel(), pointPanel(), pointsPanel()]
    : [h('p', { class: 'notice' }, 'No point is finished yet.')])].filter(Boolean);
  const sections = [['overview', 'Overview'], ['answers', 'Answers'], ['front', 'Figures'], ['parallel', 'Parameters'], ['effects', 'What matters'], ['chosen', 'Side by side'], ['point', 'Point'], ['points', 'Points']];
  const present = new Set(panels.map((p) => p.id));
  fill(document.getElementById('page'), frame(title, about, limits.map((l) => h('span', { class: 'badge' }, l)), sections.filter(([id]) => present.has(id))),
    h('main', { class: 'wide' }, panels),
    h('footer', { class: 'wide foot' }, `Made by Einloom ${data.einloom}. Charts by Apache ECharts (Apache License 2.0). Font Inter (SIL Open Font License 1.1).`));
  drawCharts();
  listeners.push(() => charts.get('front')?.draw());
  markSections();
  if (wanted && state.open?.id === wanted) document.getElementById('point').scrollIntoView();
  globalThis.einloom = { charts, data, openPoint, choose, state };
}

main();
