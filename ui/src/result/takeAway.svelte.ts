/** Taking an answer away: into a file, as a picture, onto the clipboard. */
import { asFault, type ExportFormat } from '../backend/backend';
import type { Fault, QueryResult, RunId } from '../backend/bindings';
import type { Desk } from '../desk.svelte';
import { t, words } from '../i18n/words.svelte';
import { tabSeparated } from '../kit/table';
import { base64Of, utf8 } from './bytes';
import type { Poster } from './chart/png';
import { copyText } from './copy';

const ENDINGS: Record<ExportFormat, string> = {
  csv: 'csv',
  xlsx: 'xlsx',
  json: 'json',
  markdown: 'md',
};
const LONGEST_NAME = 60;

/** A file's name from what was asked: nothing in it that a file system minds. */
export function fileName(title: string, ending: string): string {
  const plain = title
    // eslint-disable-next-line no-control-regex -- these are what file systems refuse
    .replace(/[\u0000-\u001f<>:"/\\|?*]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const short = [...plain]
    .slice(0, LONGEST_NAME)
    .join('')
    .replace(/[. ]+$/, '');
  return `${short || 'deskhand'}.${ending}`;
}

export class TakeAway {
  /** Why the last one did not work. */
  fault = $state.raw<Fault | null>(null);
  isBusy = $state(false);
  readonly #desk: Desk;
  readonly #title: () => string;

  constructor(desk: Desk, title: () => string) {
    this.#desk = desk;
    this.#title = title;
  }

  async save(run: RunId, format: ExportFormat): Promise<void> {
    await this.#into(ENDINGS[format], (path) =>
      this.#desk.backend.exportRun(run, format, path, words.language),
    );
  }

  async savePicture(poster: Poster): Promise<void> {
    await this.#into('png', async (path) => {
      const { pngOf } = await import('./chart/png');
      await this.#desk.backend.writeFile(path, await pngOf(poster));
    });
  }

  /** Saves a text of the window's own, such as a program. */
  async saveText(text: string, ending: string, name?: string): Promise<void> {
    await this.saveBytes(utf8(text), ending, name);
  }

  /** Saves bytes, or what they turn out to be, under a name of their own or the title's. */
  async saveBytes(
    bytes: Uint8Array | (() => Promise<Uint8Array | string>),
    ending: string,
    name?: string,
  ): Promise<void> {
    const write = async (path: string): Promise<void> => {
      const content = typeof bytes === 'function' ? await bytes() : bytes;
      const base64 = typeof content === 'string' ? content : base64Of(content);
      await this.#desk.backend.writeFile(path, base64);
    };
    await this.#into(ending, write, name);
  }

  async copyTable({ columns, rows }: Pick<QueryResult, 'columns' | 'rows'>): Promise<void> {
    await this.copy(tabSeparated(columns, rows));
  }

  async copy(text: string): Promise<void> {
    const done = await copyText(text);
    this.#desk.toasts.show(done ? t('result.copied') : t('result.copy-failed'));
  }

  /** Asks where to, and writes there. */
  async #into(ending: string, write: (path: string) => Promise<void>, own?: string): Promise<void> {
    if (this.isBusy) return;
    this.fault = null;
    this.isBusy = true;
    try {
      const name = own ?? fileName(this.#title(), ending);
      const path = await this.#desk.backend.chooseSavePath(t('export.title'), name, ending);
      if (path === null) return;
      await write(path);
      this.#desk.toasts.show(t('export.done', { file: path.split(/[\\/]/).at(-1) ?? path }));
    } catch (reason) {
      this.fault = asFault(reason);
    } finally {
      this.isBusy = false;
    }
  }
}
