/** The chart as a PNG: the drawing with its title and its legend, in the colours that are on screen. */
export interface Poster {
  readonly svg: SVGSVGElement;
  readonly title: string;
  readonly legend: readonly { readonly name: string; readonly colour: string }[];
}

const SHARPNESS = 2;
const EDGE = 24;
const TITLE = 30;
const LEGEND = 26;
const SPACE = 'http://www.w3.org/2000/svg';
/** What a drawing takes from the page and would lose without it. */
const CARRIED = [
  'fill',
  'stroke',
  'font-family',
  'font-size',
  'font-weight',
  'color',
  'stroke-width',
];

/** The picture in base64, without the head of a data URL. */
export async function pngOf(poster: Poster): Promise<string> {
  const { text, width, height } = compose(poster);
  const image = new Image(width, height);
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = width * SHARPNESS;
  canvas.height = height * SHARPNESS;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL('image/png').replace(/^data:image\/png;base64,/, '');
}

/** The whole as one SVG that needs nothing of the page. */
export function compose({ svg, title, legend }: Poster): {
  text: string;
  width: number;
  height: number;
} {
  const [inner, tall] = [Number(svg.getAttribute('width')), Number(svg.getAttribute('height'))];
  const width = inner + 2 * EDGE;
  const head = EDGE + (title ? TITLE : 0) + (legend.length > 0 ? LEGEND : 0);
  const height = head + tall + EDGE;
  const page = getComputedStyle(svg);
  const tone = (name: string): string => resolved(svg, `var(${name})`);
  const root = element('svg', {
    xmlns: SPACE,
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    'font-family': page.fontFamily,
  });
  root.append(element('rect', { width, height, fill: tone('--sheet') }));
  if (title) root.append(words(title, EDGE, EDGE + 14, 17, tone('--ink'), 600));
  let x = EDGE;
  for (const { name, colour } of legend) {
    const y = head - 12;
    root.append(
      element('rect', { x, y: y - 10, width: 11, height: 11, rx: 2, fill: resolved(svg, colour) }),
    );
    root.append(words(name, x + 17, y, 13, tone('--ink-soft'), 400));
    x += 17 + name.length * 9 + 22;
  }
  const copy = carried(svg);
  copy.setAttribute('x', String(EDGE));
  copy.setAttribute('y', String(head));
  root.append(copy);
  return { text: new XMLSerializer().serializeToString(root), width, height };
}

function element(name: string, attributes: Record<string, string | number>): SVGElement {
  const made = document.createElementNS(SPACE, name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key !== 'xmlns') made.setAttribute(key, String(value));
  }
  return made;
}

function words(
  text: string,
  x: number,
  y: number,
  size: number,
  fill: string,
  weight: number,
): SVGElement {
  const made = element('text', { x, y, fill, 'font-size': size, 'font-weight': weight });
  made.textContent = text;
  return made;
}

/** A colour as it is on the screen, without names of tokens in it. */
function resolved(near: Element, colour: string): string {
  const probe = document.createElement('i');
  probe.style.color = colour;
  (near.parentElement ?? document.body).append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found || colour;
}

/** A copy that carries its looks with it. */
function carried(svg: SVGSVGElement): SVGSVGElement {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const twins = copy.querySelectorAll<SVGElement>('*');
  copy.style.color = getComputedStyle(svg).color;
  for (const [index, one] of [...svg.querySelectorAll('*')].entries()) {
    const [from, to] = [getComputedStyle(one), twins[index]];
    for (const name of CARRIED) to?.style.setProperty(name, from.getPropertyValue(name));
  }
  return copy;
}
