// The frame around what a page shows.

const data = JSON.parse(document.getElementById('data').textContent);

/** Something went wrong while drawing: say so in the page, where a reader sees it. */
addEventListener('error', (event) => {
  const host = document.getElementById('page');
  host.prepend(h('p', { class: 'notice', role: 'alert' },
    `A part of this page could not be drawn: ${event.message}. The figures are in the JSON inside the file.`));
});

function frame(title, about, badges, sections, inWords) {
  const links = sections.map(([id, name]) => h('a', { href: `#${id}` }, name));
  const mark = svg('svg', { class: 'mark', viewBox: '0 0 28 28', 'aria-hidden': 'true' },
    svg('rect', { width: 28, height: 28, rx: 7 }),
    svg('path', { d: 'M7 8h14M7 14h9M7 20h14M20.5 11.5v5' }));
  return [
    h('a', { class: 'skip', href: `#${sections[0][0]}` }, 'To the figures'),
    h('header', { class: 'top' }, h('div', { class: 'wide' },
      h('div', { class: 'brand' }, mark, h('span', {}, 'Einloom'), h('span', { class: 'version' }, data.einloom)),
      h('nav', { 'aria-label': 'Sections' }, links),
      h('div', { class: 'tools' }, themeSwitch()))),
    h('div', { class: 'wide hero' },
      h('h1', {}, title), h('p', { class: 'about' }, about), inWords, h('div', { class: 'badges' }, badges)),
  ];
}

/** Copies a text, also where the browser's own clipboard is not for files. */
function copyButton(text, what) {
  const label = h('span', {}, 'Copy');
  const say = (word) => {
    label.textContent = word;
    setTimeout(() => { label.textContent = 'Copy'; }, 1500);
  };
  return h('button', {
    type: 'button', class: 'quiet', 'aria-label': `Copy ${what}`, 'data-copy': what,
    onclick: async () => {
      try {
        await navigator.clipboard.writeText(text);
        say('Copied');
      } catch {
        const area = h('textarea', { class: 'unseen' });
        area.value = text;
        document.body.append(area);
        area.select();
        say(document.execCommand('copy') ? 'Copied' : 'Select and copy by hand');
        area.remove();
      }
    },
  }, icon('copy'), label);
}

/** Saves what the page was made of. */
function saveButton(name, content) {
  return h('button', {
    type: 'button', class: 'quiet',
    onclick: () => {
      const link = h('a', { href: URL.createObjectURL(new Blob([content()], { type: 'application/json' })), download: name });
      link.click();
      URL.revokeObjectURL(link.href);
    },
  }, icon('save'), 'Save as JSON');
}

/** Which of the sections is in view is marked above. */
function markSections() {
  const links = new Map([...document.querySelectorAll('nav a')].map((a) => [a.hash.slice(1), a]));
  const seen = new Set();
  const observer = new IntersectionObserver((entries) => {
    entries.forEach((e) => (e.isIntersecting ? seen.add(e.target.id) : seen.delete(e.target.id)));
    const first = [...links.keys()].find((id) => seen.has(id));
    links.forEach((a, id) => (id === first ? a.setAttribute('aria-current', 'true') : a.removeAttribute('aria-current')));
  }, { rootMargin: '-96px 0px -55% 0px' });
  links.forEach((a, id) => {
    const section = document.getElementById(id);
    if (section) observer.observe(section);
  });
}
