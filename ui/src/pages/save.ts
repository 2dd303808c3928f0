/** Taking a page away: as one file, with its pictures beside it, as a picture. */
import { asFault } from '../backend/backend';
import type { PageFormat } from '../backend/bindings';
import type { Desk } from '../desk.svelte';
import { heading } from '../errors/table';
import { t } from '../i18n/words.svelte';
import { fileName } from '../result/takeAway.svelte';

/** Asks where to, and writes the page there. */
export async function savePage(
  desk: Desk,
  { html, title }: { html: string; title: string },
  format: PageFormat,
): Promise<void> {
  try {
    const name = fileName(title, format);
    const path = await desk.backend.chooseSavePath(t('export.title'), name, format);
    if (path === null) return;
    await desk.backend.exportPage(html, format, path);
    desk.toasts.show(t('export.done', { file: path.split(/[\\/]/).at(-1) ?? path }));
  } catch (reason) {
    desk.toasts.show(heading(asFault(reason)));
  }
}

/** The style sheet of a page, as it would stand in a file of its own. */
export function styleSheetOf(html: string): string {
  const [, inner = ''] = /<style>\n?([\s\S]*?)<\/style>/.exec(html) ?? [];
  const lines = inner.replace(/\s+$/, '').split('\n');
  const indents = lines.filter((line) => line.trim()).map((line) => line.search(/\S/));
  const indent = indents.length > 0 ? Math.min(...indents) : 0;
  return `${lines.map((line) => line.slice(indent)).join('\n')}\n`;
}
