/** Taking a page away as one file. */
import { asFault } from '../backend/backend';
import type { Desk } from '../desk.svelte';
import { heading } from '../errors/table';
import { t } from '../i18n/words.svelte';
import { fileName } from '../result/takeAway.svelte';

/** A text as base64, whatever it says. */
export function base64Of(text: string): string {
  const bytes = new TextEncoder().encode(text);
  let letters = '';
  for (const byte of bytes) letters += String.fromCharCode(byte);
  return btoa(letters);
}

/** Asks where to, and writes the page there. */
export async function savePage(desk: Desk, html: string, title: string): Promise<void> {
  try {
    const name = fileName(title, 'html');
    const path = await desk.backend.chooseSavePath(t('page.export'), name, 'html');
    if (path === null) return;
    await desk.backend.writeFile(path, base64Of(html));
    desk.toasts.show(t('export.done', { file: path.split(/[\\/]/).at(-1) ?? path }));
  } catch (reason) {
    desk.toasts.show(heading(asFault(reason)));
  }
}
