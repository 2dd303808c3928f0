/** What the person wants to stand in the fields of assistants. Which fields can have that, the desk says. */
import { asFault } from '../backend/backend';
import type { Description, FieldDefault } from '../backend/bindings';
import type { Desk } from '../desk.svelte';
import { heading } from '../errors/table';
import { local, t } from '../i18n/words.svelte';
import type { FormController } from '../assistants/form.svelte';

export class Defaults {
  all = $state.raw<readonly FieldDefault[]>([]);
  readonly #desk: Desk;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** The fields of an assistant that can have a default of one's own. */
  of(assistant: string): FieldDefault[] {
    return this.all.filter((one) => one.assistant === assistant);
  }

  /** Fields of a form that hold something else than they would by themselves. */
  changedIn(form: FormController): FieldDefault[] {
    return this.of(form.description.id).filter(({ field, own, usual }) => {
      const value = form.values[field]?.trim() ?? '';
      return value !== '' && value !== (own ?? usual);
    });
  }

  async refresh(): Promise<void> {
    await this.#trying(async () => {
      this.all = await this.#desk.backend.defaults();
    });
  }

  /** Makes what stands in a form what stands there from now on. */
  async keep(form: FormController): Promise<void> {
    const changed = this.changedIn(form);
    const isKept = await this.#trying(async () => {
      for (const { assistant, field } of changed)
        await this.#desk.backend.setDefault(assistant, field, form.values[field] ?? '');
    });
    await this.#readAgain();
    if (isKept) {
      const names = changed.map(({ field }) => labelOf(form.description, field)).join(', ');
      this.#desk.toasts.show(t('defaults.kept', { fields: names }));
    }
  }

  /** Sets one, or without a value gives it up. */
  async set(assistant: string, field: string, value: string | null): Promise<void> {
    await this.#trying(() => this.#desk.backend.setDefault(assistant, field, value));
    await this.#readAgain();
  }

  async #readAgain(): Promise<void> {
    await this.refresh();
    await this.#trying(() => this.#desk.readAssistants());
  }

  async #trying(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (reason) {
      this.#desk.toasts.show(heading(asFault(reason)));
      return false;
    }
  }
}

/** What people read before a field. */
export function labelOf(description: Description, name: string): string {
  const field = description.inputs.find((one) => one.name === name);
  return field ? local(field.label) : name;
}
