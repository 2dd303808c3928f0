/**
 * A page as it is shown: in a frame that runs no script and reaches nothing.
 *
 * The frame's `sandbox` is empty, so the page has an origin of its own and no rights; a policy inside
 * forbids what the sandbox does not. Which of light and dark is shown is said in the style sheet,
 * because a frame cannot be told what its reader's system prefers.
 */
export type Scheme = 'light' | 'dark';

/** Nothing may be fetched, run or sent; what is in the file itself may be shown. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; form-action 'none'; base-uri 'none'";

const NIGHT = '@media screen and (prefers-color-scheme: dark)';

/** The document for the frame. */
export function preview(html: string, scheme: Scheme): string {
  const guard = `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`;
  // Links lead nowhere from here: neither within the frame nor out of it.
  const still = '<style>a, button, input { pointer-events: none }</style>';
  const shown = html.replaceAll(NIGHT, scheme === 'dark' ? '@media all' : '@media not all');
  const head = /<head[^>]*>/i.exec(shown);
  if (!head) return `<!doctype html><head>${guard}</head>${shown}`;
  const end = head.index + head[0].length;
  return `${shown.slice(0, end)}${guard}${still}${shown.slice(end)}`;
}

/** A piece of HTML with a style sheet, for the same frame. */
export function sampleDocument(html: string, css: string, scheme: Scheme): string {
  const base = `:root{color-scheme:${scheme}}body{margin:0;min-height:100vh;display:grid;place-items:center;padding:24px;box-sizing:border-box;background:Canvas;color:CanvasText;font:16px/1.5 system-ui,sans-serif}`;
  // What closes a style element early would be read as markup.
  const safe = css.replaceAll(/<\/(style)/gi, '<\\/$1');
  const guard = `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`;
  return `<!doctype html><html><head><meta charset="utf-8">${guard}<style>${base}</style><style>${safe}</style></head><body><div>${html}</div></body></html>`;
}
