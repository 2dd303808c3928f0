/** A drawing as a picture of dots. */

const SPACE = 'http://www.w3.org/2000/svg';

/** A PNG of an SVG in base64, without the head of a data URL; `scale` dots for each pixel. */
export async function pngOfSvg(text: string, scale = 2): Promise<string> {
  const { source, width, height } = sized(text);
  const image = new Image(width, height);
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(source)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(width * scale);
  canvas.height = Math.ceil(height * scale);
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL('image/png').replace(/^data:image\/png;base64,/, '');
}

/** The drawing with its size in pixels, which it takes from its view box where it has no other. */
export function sized(text: string): { source: string; width: number; height: number } {
  const root = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
  const box = (root.getAttribute('viewBox') ?? '').split(/[\s,]+/).map(Number);
  const width = pixels(root.getAttribute('width')) ?? box[2] ?? 300;
  const height = pixels(root.getAttribute('height')) ?? box[3] ?? 150;
  root.setAttribute('width', String(width));
  root.setAttribute('height', String(height));
  if (!root.getAttribute('xmlns')) root.setAttribute('xmlns', SPACE);
  return { source: new XMLSerializer().serializeToString(root), width, height };
}

/** Pixels of a length; nothing for one that depends on what is around it. */
function pixels(length: string | null): number | null {
  const parts = /^([\d.]+)(px|pt|ex|em)?$/.exec(length?.trim() ?? '');
  if (!parts) return null;
  const unit = { px: 1, pt: 4 / 3, ex: 8, em: 16 }[parts[2] ?? 'px'] ?? 1;
  return Number(parts[1]) * unit;
}
