// What the result was made from, to make it again.

function inputsPanel() {
  const inputs = result.inputs ?? { command: '', files: [] };
  return h('section', { class: 'panel', id: 'inputs', 'aria-labelledby': 'title-inputs' },
    panelHead('inputs', 'Inputs', 'What this result was made from.', [saveButton(`${result.workload}-${result.architecture}.json`, () => `${JSON.stringify(result, null, 2)}\n`)]),
    inputs.command ? h('div', { class: 'command' }, h('pre', { class: 'code' }, inputs.command), copyButton(inputs.command, 'the command'))
      : h('p', { class: 'dim' }, 'The result does not say by which command it was made.'),
    inputs.files.map((f) => h('details', { class: 'file' },
      h('summary', {}, h('span', { class: 'file-use' }, f.use), h('b', {}, f.name), f.shipped && h('span', { class: 'badge plain' }, 'comes with Einloom'),
        h('span', { class: 'dim' }, f.sha256 ? `${plain(f.bytes)} bytes` : 'read from a pipe')),
      h('div', { class: 'file-body' },
        f.sha256 && h('p', { class: 'hash' }, h('span', { class: 'dim' }, 'SHA-256 '), h('code', {}, f.sha256)),
        f.text !== null ? [copyButton(f.text, f.name), h('pre', { class: 'code', tabindex: '0' }, f.text)] : h('p', { class: 'dim' }, 'Its content is not in this page.')))),
    h('p', { class: 'footnote' }, `Einloom ${result.einloom}, policy ${result.policy}.`));
}
