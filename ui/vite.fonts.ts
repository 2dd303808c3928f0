/**
 * Keeps one kind of each of KaTeX's fonts: every web view that the window runs in reads WOFF2, so
 * the other two would only make the program larger.
 */
import type { Plugin } from 'vite';

const OTHERS = /,\s*url\([^)]*\)\s*format\(["'](?:woff|truetype)["']\)/g;

export const onlyWoff2 = (): Plugin => ({
  name: 'deskhand-only-woff2',
  enforce: 'pre',
  transform: (code, id) =>
    /\/katex\/dist\/katex(\.min)?\.css/.test(id.replaceAll('\\', '/'))
      ? code.replaceAll(OTHERS, '')
      : null,
});
