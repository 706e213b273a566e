// What zeros save: how dense tensors are, how they are stored, what is done for nothing, what each optimisation is worth.

function sparsityPanel() {
  const sparse = layers.filter((l) => l.sparsity);
  if (!sparse.length) return null;
  const find = (rows, text) => (rows.length > 12 ? text : null);
  const tiles = sparse.flatMap((l) => l.sparsity.tiles.filter((t) => t.format !== 'uncompressed').map((t) => ({ ...t, layer: l.name })));
  const savings = sparse.flatMap((l) => l.sparsity.savings.map((s) => ({ ...s, layer: l.name, of: l.sparsity })));
  const large = sparse.some((l) => l.sparsity.denseFits === false);
  return h('section', { class: 'panel', id: 'sparsity', 'aria-labelledby': 'title-sparsity' },
    panelHead('sparsity', 'Zeros', 'Expected counts, of tensors that do not depend on each other; those of tensors from files are counts of these tensors.'),
    dataTable({
      id: 'sparsity-table', caption: 'Work by layer', rows: sparse, filter: find(sparse, (l) => l.name), placeholder: 'Filter layers',
      columns: [
        { key: 'layer', name: 'Layer', value: (l) => l.name, show: (l) => l.name },
        { key: 'density', name: 'Densities', wide: true, value: (l) => Object.values(l.sparsity.tensors).reduce((p, t) => p * t.density, 1), show: (l) => densities(l) },
        { key: 'effectual', name: 'Effectual', number: true, title: 'Points no operand of which is zero', value: effectual, show: (l) => percent(effectual(l), 1) },
        ...['done', 'gated', 'skipped'].map((k) => ({
          key: k, name: k[0].toUpperCase() + k.slice(1), number: true, value: (l) => share(l, k), show: (l) => percent(share(l, k), 1),
        })),
        { key: 'wasted', name: 'Done for nothing', number: true, title: 'Points that are computed though an operand is zero', value: (l) => share(l, 'done') - effectual(l), show: (l) => percent(Math.max(0, share(l, 'done') - effectual(l)), 1) },
        { key: 'energy', name: 'Energy, without zeros', number: true, value: (l) => l.energyPj, show: (l) => [`${energy(l.energyPj)}, ${energy(l.sparsity.denseEnergyPj)}`, dense(l)] },
        { key: 'cycles', name: 'Cycles, without zeros', number: true, value: (l) => l.cycles, show: (l) => [`${count(l.cycles)}, ${count(l.sparsity.denseCycles)}`, dense(l)] },
      ],
    }),
    large && h('p', { class: 'footnote' }, '* Without zeros its tiles do not fit: in memories that were large enough, at the cost that these have.'),
    tiles.length > 0 && [h('h3', {}, 'Compressed tiles'), dataTable({
      id: 'compression-table', caption: 'Compressed tiles', rows: tiles, filter: find(tiles, (t) => `${t.layer} ${t.memory} ${t.tensor}`), placeholder: 'Filter tiles',
      columns: [
        { key: 'layer', name: 'Layer', value: (t) => t.layer, show: (t) => t.layer },
        { key: 'tile', name: 'Compressed', value: (t) => `${t.tensor} at ${t.memory}`, show: (t) => `${t.tensor} at ${t.memory}` },
        { key: 'format', name: 'Format', wide: true, value: (t) => t.format, show: (t) => t.format },
        { key: 'words', name: 'Words stored', number: true, value: (t) => t.expectedWords / t.words, show: (t) => `${percent(t.expectedWords / t.words, 1)} of ${count(t.words)}` },
        { key: 'metadata', name: 'Metadata', number: true, value: (t) => t.expectedMetadataBits, show: (t) => size(Math.round(t.expectedMetadataBits)) },
        { key: 'worst', name: 'At most', number: true, title: 'Words and metadata of the largest tile of any tensor of the law', value: (t) => t.worstWords / t.words, show: (t) => `${percent(t.worstWords / t.words, 1)}, ${size(Math.round(t.worstMetadataBits))}` },
      ],
    })],
    savings.length > 0 && [h('h3', {}, 'What each optimisation saves when all others are there'), dataTable({
      id: 'savings-table', caption: 'What each optimisation saves when all others are there', rows: savings, filter: find(savings, (s) => `${s.layer} ${s.optimization}`), placeholder: 'Filter optimisations',
      columns: [
        { key: 'layer', name: 'Layer', value: (s) => s.layer, show: (s) => s.layer },
        { key: 'optimization', name: 'Optimisation', wide: true, value: (s) => s.optimization, show: (s) => s.optimization },
        { key: 'energy', name: 'Saves energy', number: true, value: (s) => s.energyPj ?? -Infinity, show: (s) => known(s, energy(s.energyPj)) },
        { key: 'cycles', name: 'Saves cycles', number: true, value: (s) => s.cycles ?? -Infinity, show: (s) => known(s, count(Math.round(s.cycles))) },
      ],
    })],
    savings.some((s) => s.unknown) && h('p', { class: 'footnote' }, `Not known: ${[...new Set(savings.map((s) => s.unknown).filter(Boolean))].join('; ')}.`));
}

/** A mark where what it would cost without zeros is not possible as the memories are. */
const dense = (layer) => layer.sparsity.denseFits === false && h('span', { title: 'without zeros its tiles do not fit' }, ' *');

/** Of what an optimisation saves, a figure, or why there is none. */
const known = (saved, figure) => (saved.unknown ? h('span', { title: saved.unknown }, 'not known') : figure);

const share = (layer, what) => layer.sparsity.points[what] / points(layer);
const effectual = (layer) => share(layer, 'effectual');

/** All points of a layer are done, gated or skipped. */
const points = ({ sparsity: { points: p } }) => p.done + p.gated + p.skipped;

const densities = (layer) => Object.entries(layer.sparsity.tensors)
  .map(([name, t]) => h('span', { title: t.law }, `${name} ${percent(t.density, 1)} `));
