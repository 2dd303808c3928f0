/**
 * A page as it is shown: in a frame that runs no script and reaches nothing.
 *
 * The frame is opened empty, with a policy that forbids to fetch, run or send anything, and the page is
 * put into it from outside. Its `sandbox` allows nothing but `allow-same-origin`: no script runs in
 * it, so nothing can make use of that, and the window can find out what stands at a point and put
 * another version in its place without loading the frame anew. Which of light and dark is shown is
 * said in the style sheet, because a frame cannot be told what its reader's system prefers.
 */
export type Scheme = 'light' | 'dark';

/** Nothing may be fetched, run or sent; what is in the file itself may be shown. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; form-action 'none'; base-uri 'none'";

const GUARD = `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`;

/** What the frame may do. Never `allow-scripts`: with both, a page could take off its own chains. */
export const SANDBOX = 'allow-same-origin';

/** The frame before anything is shown in it. */
export const EMPTY = `<!doctype html><html><head><meta charset="utf-8">${GUARD}</head><body></body></html>`;

const NIGHT = '@media screen and (prefers-color-scheme: dark)';

/** What has no place in a page that is only looked at. */
const ACTIVE =
  'script, iframe, frame, object, embed, base, link:not([rel="icon"]), meta[http-equiv]';
const FOCUSABLE = 'a, button, input, select, textarea, summary, [tabindex]';

/** The document to be shown, by day or by night. */
export function preview(html: string, scheme: Scheme): string {
  return html.replaceAll(NIGHT, scheme === 'dark' ? '@media all' : '@media not all');
}

/** Puts a document into a frame; what was looked at stays where it is. */
export function showIn(frame: HTMLIFrameElement, html: string): void {
  const page = frame.contentDocument;
  const view = frame.contentWindow;
  if (!page || !view) return;
  const next = new DOMParser().parseFromString(html, 'text/html');
  for (const element of next.querySelectorAll(ACTIVE)) element.remove();
  // It is looked at and taken hold of; its links lead nowhere from here, and the keyboard passes it by.
  for (const element of next.querySelectorAll<HTMLElement>(FOCUSABLE)) element.tabIndex = -1;
  const { scrollX: left, scrollY: top } = view;
  const root = page.adoptNode(next.documentElement);
  if (page.documentElement) page.replaceChild(root, page.documentElement);
  else page.append(root);
  scrollTo(view, left, top);
}

/** Scrolls at once, whatever the page says about smoothness. */
export function scrollTo(view: Window, left: number, top: number): void {
  // Not every window that is drawn can scroll.
  if (left !== view.scrollX || top !== view.scrollY)
    view.scrollTo({ left, top, behavior: 'instant' });
}

/** A piece of HTML with a style sheet, in a frame of its own that is not reached into. */
export function sampleDocument(html: string, css: string, scheme: Scheme): string {
  const base = `:root{color-scheme:${scheme}}body{margin:0;min-height:100vh;display:grid;place-items:center;padding:24px;box-sizing:border-box;background:Canvas;color:CanvasText;font:16px/1.5 system-ui,sans-serif}`;
  // What closes a style element early would be read as markup.
  const safe = css.replaceAll(/<\/(style)/gi, '<\\/$1');
  return `<!doctype html><html><head><meta charset="utf-8">${GUARD}<style>${base}</style><style>${safe}</style></head><body><div>${html}</div></body></html>`;
}
