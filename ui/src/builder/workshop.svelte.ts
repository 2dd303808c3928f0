/** Where assistants are made: begun, copied, brought in, saved, handed on, taken away. */
import { asFault } from '../backend/backend';
import type { Fault } from '../backend/bindings';
import type { OwnPreset, PresetFile, PresetShelf } from '../backend/presets';
import type { Desk } from '../desk.svelte';
import { heading } from '../errors/table';
import { local, t } from '../i18n/words.svelte';
import { fileName } from '../result/takeAway.svelte';
import { BuilderController } from './builderController.svelte';
import { fresh, reworded, withoutId } from './file';

/** The ending of an assistant's file, which is TOML inside. Installers tell the system that it is ours. */
const ASSISTANT = 'deskhand';

export class Workshop {
  readonly builder: BuilderController;
  own = $state.raw<readonly OwnPreset[]>([]);
  fault = $state.raw<Fault | null>(null);
  readonly #desk: Desk;
  readonly #shelf: PresetShelf;

  constructor(desk: Desk, shelf: PresetShelf) {
    this.#desk = desk;
    this.#shelf = shelf;
    this.builder = new BuilderController(shelf, desk.backend, {
      taken: () => desk.forms.map(({ description }) => description.id),
      modelOf: () => desk.models.idFor(this.builder.file?.id),
    });
  }

  /** Reads which assistants are the person's own. */
  async refresh(): Promise<void> {
    try {
      this.own = await this.#shelf.own();
    } catch (reason) {
      this.fault = asFault(reason);
    }
  }

  isOwn(id: string): boolean {
    return this.own.some((one) => one.id === id);
  }

  /** Begins with nothing but one field. */
  begin(): void {
    this.#open(
      fresh({
        title: t('builder.new'),
        label: t('builder.field.text'),
        button: t('builder.try.run'),
      }),
      false,
    );
  }

  /** Opens one of the person's own. */
  async edit(id: string): Promise<void> {
    await this.#noting(async () => this.#open(await this.#shelf.file(id, null), true));
  }

  /** Makes another like it. */
  async copy(id: string): Promise<void> {
    await this.#noting(async () =>
      this.#open(this.#likeness(await this.#shelf.file(id, null)), false),
    );
  }

  /** Makes another like the one in hand. */
  copyThis(): void {
    const file = this.builder.file;
    if (file) this.#open(this.#likeness(file), false);
  }

  /** Takes in one from elsewhere. Why not, where it cannot be. */
  async import(from: { text: string } | { path: string }): Promise<Fault | null> {
    try {
      const file = await ('text' in from
        ? this.#shelf.import(from.text)
        : this.#shelf.importFile(from.path));
      await this.#desk.readAssistants();
      this.#open(file, true);
      return null;
    } catch (reason) {
      return asFault(reason);
    }
  }

  async save(): Promise<boolean> {
    const isSaved = await this.builder.save();
    if (isSaved) await this.#desk.readAssistants();
    return isSaved;
  }

  async export(): Promise<void> {
    const file = this.builder.saved;
    if (!file) return;
    await this.#noting(async () => {
      const name = fileName(local(file.title), ASSISTANT);
      const path = await this.#desk.backend.chooseSavePath(t('builder.export'), name, ASSISTANT);
      if (path === null) return;
      await this.#shelf.export(file.id, path);
      this.#desk.toasts.show(t('export.done', { file: path.split(/[\\/]/).at(-1) ?? path }));
    });
  }

  async remove(): Promise<void> {
    const id = this.builder.saved?.id;
    if (!id) return;
    await this.#noting(async () => {
      await this.#shelf.remove(id);
      await this.#desk.readAssistants();
      this.#desk.showGallery();
      this.#desk.toasts.show(t('builder.removed'));
    });
  }

  #open(file: PresetFile, isSaved: boolean): void {
    this.builder.open(file, isSaved);
    this.#desk.place = 'builder';
  }

  #likeness(file: PresetFile): PresetFile {
    const { language } = this.#desk.preferences;
    const title = t('builder.copy-of', { title: local(file.title) });
    return withoutId({ ...file, title: reworded(file.title, language, title) });
  }

  async #noting(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (reason) {
      this.#desk.toasts.show(heading(asFault(reason)));
    }
  }
}
