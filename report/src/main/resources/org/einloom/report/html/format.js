// Numbers as people read them.

const PREFIXES = ['a', 'f', 'p', 'n', 'µ', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];

/** si(1.27e-3, 'J') is '1.27 mJ'; what does not exist is '–'. */
function si(value, unit = '', digits = 3) {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  if (value === 0) return unit ? `0 ${unit}` : '0';
  let scaled = Number(value.toPrecision(digits));
  let prefix = PREFIXES.indexOf('');
  while (Math.abs(scaled) >= 1000 && prefix < PREFIXES.length - 1) { scaled /= 1000; prefix++; }
  while (Math.abs(scaled) < 1 && prefix > 0) { scaled *= 1000; prefix--; }
  const magnitude = Math.abs(scaled);
  const text = magnitude >= 1e6 || magnitude < 1e-3
    ? scaled.toExponential(digits - 1)
    : scaled.toFixed(Math.max(0, digits - Math.floor(Math.log10(magnitude) + 1e-9) - 1));
  const suffix = PREFIXES[prefix] + unit;
  return suffix ? `${text} ${suffix}` : text;
}

/** figure(1.2) is '1.20': what was computed has so many digits, zeros at the end included. */
function figure(value, digits = 3) {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  const rounded = Number(value.toPrecision(digits));
  return value === 0 || Math.abs(rounded) >= 10 ** digits ? plain(Math.round(value)) : value.toPrecision(digits);
}

/** The same for axes, without zeros at the end: 10 TOPS. */
function tick(value, unit = '', digits = 3) {
  const [number, ...rest] = si(value, unit, digits).split(' ');
  return value === 0 ? '0' : [String(Number(number)), ...rest].join(' ');
}

const energy = (pj, digits = 3) => si(pj === null || pj === undefined ? null : pj * 1e-12, 'J', digits);
const seconds = (s, digits = 3) => si(s, 's', digits);

/** 118.0 M; all digits below ten thousand. */
function count(n) {
  if (n === null || n === undefined) return '–';
  return Math.abs(n) < 1e4 ? plain(n) : si(n, '', 4);
}

/** All digits: 1,814,073,344 and 45.67178125. */
function plain(n) {
  if (n === null || n === undefined) return '–';
  if (n !== 0 && (Math.abs(n) < 1e-4 || Math.abs(n) >= 1e16)) return String(n);
  return n.toLocaleString('en-US', { maximumFractionDigits: 12, maximumSignificantDigits: 15 });
}

/** 76%; what is there but rounds to nothing is <1%, and only all of it is 100%. */
function percent(share, digits = 0) {
  if (share === null || share === undefined || !Number.isFinite(share)) return '–';
  const text = (share * 100).toFixed(digits);
  if (share > 0 && Number(text) === 0) return digits ? `<${10 ** -digits}%` : '<1%';
  if (share < 1 && text === '100') return '>99%';
  return `${text}%`;
}

/** What memories hold, by 1024: 278 KiB; below a byte 3 b. */
function size(bits) {
  if (bits === null || bits === undefined) return '–';
  if (bits < 8) return `${plain(bits)} b`;
  let value = bits / 8;
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) { value /= 1024; unit++; }
  return `${Number(value.toPrecision(value >= 1000 ? 4 : 3))} ${units[unit]}`;
}

/** What moves, by 1000: 16.1 MB. */
const traffic = (bits) => si(bits === null || bits === undefined ? null : bits / 8, 'B');

function area(um2) {
  if (um2 === null || um2 === undefined) return '–';
  return um2 < 1e4 ? `${figure(um2)} µm²` : `${figure(um2 / 1e6)} mm²`;
}

/** Long names are cut in the middle, where paths differ least. */
function short(name, most) {
  if (name.length <= most) return name;
  const tail = Math.ceil((most - 1) * 0.6);
  return `${name.slice(0, most - 1 - tail)}…${name.slice(-tail)}`;
}

const plural = (n, word) => `${plain(n)} ${word}${n === 1 ? '' : 's'}`;

/**
 * Names of layers for where there is little room. PyTorch writes /layer1/layer1.0/conv1/Conv: what the next part says
 * again, and the operator at the end, is left out, unless two layers then have one name.
 */
function briefNames(layers) {
  const names = layers.map(({ name, operator }) => {
    if (!name.startsWith('/')) return name;
    const parts = name.slice(1).split('/');
    // conv1/Conv and relu/Relu say it twice, layer1.0/Add does not
    const said = /^(Conv|Gemm)/.test(operator) || operator?.toLowerCase() === parts.at(-2)?.toLowerCase().replace(/[^a-z]/g, '');
    if (parts.length > 1 && parts.at(-1) === operator && said) parts.pop();
    return parts.filter((part, i) => !parts[i + 1]?.startsWith(`${part}.`)).join('/');
  });
  const tally = new Map();
  names.forEach((n) => tally.set(n, (tally.get(n) ?? 0) + 1));
  return names.map((n, i) => (tally.get(n) > 1 || !n ? layers[i].name : n));
}
