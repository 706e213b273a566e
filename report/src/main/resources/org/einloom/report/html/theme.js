// Light and dark: the system's choice until the reader makes one. Charts take their colours from the styles.

const theme = {
  listeners: [],
  choice: 'auto',
  dark: () => theme.choice === 'dark'
    || (theme.choice === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches),
  token: (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim(),
  set(choice) {
    theme.choice = choice;
    try { localStorage.setItem('einloom-theme', choice); } catch { /* the browser keeps nothing for files */ }
    theme.apply();
  },
  apply() {
    document.documentElement.dataset.theme = theme.dark() ? 'dark' : 'light';
    theme.listeners.forEach((redraw) => redraw());
  },
};

(() => {
  try { theme.choice = localStorage.getItem('einloom-theme') ?? 'auto'; } catch { /* the same */ }
  if (!['auto', 'light', 'dark'].includes(theme.choice)) theme.choice = 'auto';
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => theme.apply());
  theme.apply();
})();

/** Three buttons, one of them pressed. */
function themeSwitch() {
  const choices = [['light', 'sun', 'Light'], ['auto', 'auto', 'As the system'], ['dark', 'moon', 'Dark']];
  const buttons = choices.map(([choice, image, name]) => h('button', {
    type: 'button', title: name, 'aria-label': name, 'data-theme-choice': choice,
    onclick: () => theme.set(choice),
  }, icon(image)));
  const show = () => buttons.forEach((b, i) =>
    b.setAttribute('aria-pressed', String(choices[i][0] === theme.choice)));
  theme.listeners.push(show);
  show();
  return h('div', { class: 'segmented', role: 'group', 'aria-label': 'Colours' }, buttons);
}

/**
 * A colour by lightness (0 to 1), chroma and hue (degrees) of OKLCH, in which equal steps look equal.
 * https://www.w3.org/TR/css-color-4/#ok-lab
 */
function oklch(lightness, chroma, hue) {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const linear = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
  return `#${linear.map((v) => {
    const c = Math.min(1, Math.max(0, v));
    const byte = Math.round(255 * (c <= 0.0031308 ? 12.92 * c : 1.055 * c ** (1 / 2.4) - 0.055));
    return byte.toString(16).padStart(2, '0');
  }).join('')}`;
}

// Neighbours differ in hue and in lightness, so that they can be told apart without seeing colours.
const HUES = [262, 190, 150, 95, 60, 28, 350, 312];
const STEPS = [0.55, 0.74, 0.61, 0.82, 0.68, 0.56, 0.76, 0.6];

/** The colour of the i-th of many things; after eight the hues come back paler, then darker. */
function seriesColor(i) {
  const round = Math.floor(i / HUES.length) % 3;
  const hue = HUES[i % HUES.length] + round * 15;
  const step = STEPS[i % HUES.length];
  const lightness = [step, step > 0.7 ? 0.52 : 0.85, step > 0.7 ? 0.66 : 0.43][round];
  return oklch(lightness + (theme.dark() ? 0.04 : 0), [0.128, 0.075, 0.1][round], hue);
}

const ROLES = ['input', 'weight', 'output', 'compute', 'leakage'];

/** The colour of what moves: tensors by role, the work itself, what leaks. */
function roleColor(role) {
  const up = theme.dark() ? 0.05 : 0;
  return {
    input: oklch(0.62 + up, 0.14, 250),
    weight: oklch(0.74 + up, 0.14, 70),
    output: oklch(0.62 + up, 0.13, 160),
    compute: oklch(0.55 + up, 0.02, 270),
    leakage: oklch(0.78 - up, 0.015, 270),
  }[role] ?? oklch(0.6 + up, 0.12, 330);
}
