// Elements, made by hand: text from a result is only ever set as text, never parsed as HTML.

/** h('td', {class: 'number', onclick: f}, 'text', child, [more]): children that are null are left out. */
function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  return decorate(element, attributes, children);
}

/** The same for SVG. */
function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  return decorate(element, attributes, children);
}

function decorate(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
    } else if (name === 'style') {
      for (const [property, v] of Object.entries(value)) element.style.setProperty(property, v);
    } else {
      element.setAttribute(name, value === true ? '' : String(value));
    }
  }
  append(element, children);
  return element;
}

function append(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : String(child));
  }
}

function fill(element, ...children) {
  element.replaceChildren();
  append(element, children);
  return element;
}

/** Icons of the page, 16 x 16, drawn with the colour of the text around them. */
const ICONS = {
  sun: 'M8 5a3 3 0 1 0 0 6a3 3 0 1 0 0-6M8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1 1M12 12l1 1M13 3l-1 1M4 12l-1 1',
  moon: 'M13.5 9.6A5.8 5.8 0 0 1 6.4 2.5a5.8 5.8 0 1 0 7.1 7.1z',
  auto: 'M8 2a6 6 0 1 0 0 12A6 6 0 1 0 8 2M8 2v12M8 5h3.9M8 8h5.6M8 11h3.9',
  copy: 'M6 6h7v7H6zM10 6V3H3v7h3',
  save: 'M8 2v8M4.5 7L8 10.5L11.5 7M3 13.5h10',
  close: 'M4 4l8 8M12 4l-8 8',
  back: 'M9.5 3.5L5 8l4.5 4.5',
  check: 'M3 8.5l3.2 3.2L13 5',
  trace: 'M3 13V8.5h5V3M5.5 5.5L8 3l2.5 2.5',
};

function icon(name) {
  return svg('svg', { class: 'icon', viewBox: '0 0 16 16', 'aria-hidden': 'true' },
    svg('path', { d: ICONS[name] }));
}
