/** What the person has filled in for one assistant. */
import type { RunRequest } from '../backend/backend';
import type { Description, Example, Fault, Field, FieldKind } from '../backend/bindings';
import { help } from '../errors/table';
import type { Key } from '../i18n/message';
import { local, tFrom } from '../i18n/words.svelte';

/** What a value of a kind looks like, said where it does not. */
const WANTED: Partial<Record<FieldKind, Key>> = {
  number: 'error.input-invalid.number',
  money: 'error.input-invalid.money',
  date: 'error.input-invalid.date',
  colour: 'error.input-invalid.colour',
  choice: 'error.input-invalid.choice',
};

export class FormController {
  readonly description: Description;
  values = $state<Record<string, string>>({});
  /** Where the person was writing, by field: words from elsewhere go there. */
  #carets = new Map<string, number>();
  #refusal = $state.raw<Fault | null>(null);

  constructor(description: Description) {
    this.description = description;
    this.clear();
  }

  /** The fields that the form draws. */
  get fields(): Field[] {
    return this.description.inputs.filter((field) => !field.hidden);
  }

  /** Takes the values of an example, in the language in use. */
  fill(example: Example): void {
    for (const { name, value } of example.values) this.set(name, local(value));
  }

  /** Takes the values of an earlier run. */
  restore(inputs: RunRequest['inputs']): void {
    for (const field of this.fields) this.set(field.name, inputs[field.name] ?? '');
  }

  /** Takes what was written when the window was closed, as far as there is such a field. */
  restoreLeft(values: Readonly<Record<string, string>>): void {
    for (const field of this.fields) {
      const value = values[field.name];
      if (value !== undefined) this.set(field.name, value);
    }
  }

  /** Takes what the person wrote into another form of the same assistant. */
  takeOver(other: FormController): void {
    for (const field of other.fields)
      if (!other.isUntouched(field) && this.fields.some(({ name }) => name === field.name))
        this.set(field.name, other.values[field.name] ?? '');
  }

  set(name: string, value: string): void {
    this.values[name] = value;
    this.#refusal = null;
  }

  /** Remembers where the person was writing. */
  keepCaret(name: string, at: number): void {
    this.#carets.set(name, at);
  }

  /** Puts a word where the person was writing, or at the end, with blanks about it. */
  insert(name: string, word: string): void {
    const text = this.values[name] ?? '';
    const at = Math.min(this.#carets.get(name) ?? text.length, text.length);
    const [before, after] = [text.slice(0, at), text.slice(at)];
    const head = before + (before === '' || /\s$/.test(before) ? '' : ' ') + word;
    const tail = after === '' || /^[\s,.;:?!，。；：？！、]/.test(after) ? after : ` ${after}`;
    this.set(name, head + tail);
    this.#carets.set(name, head.length);
  }

  /** As it is at first: every field with what stands in it by default. */
  clear(): void {
    for (const field of this.fields) this.set(field.name, field.default ?? '');
  }

  /** Whether a field holds nothing that the person put there. */
  isUntouched({ name, default: usual = '' }: Field): boolean {
    const value = this.values[name]?.trim() ?? '';
    return value === '' || value === usual;
  }

  /** What to run: the fields that hold something. */
  inputs(): RunRequest['inputs'] {
    return Object.fromEntries(
      Object.entries(this.values).filter(([, value]) => value.trim() !== ''),
    );
  }

  /** Marks the field that a fault names. Whether there is such a field. */
  refuse(fault: Fault): boolean {
    const isOurs = this.fields.some((field) => field.name === fault.details['input']);
    this.#refusal = isOurs ? fault : null;
    return isOurs;
  }

  /** What is wrong with a field, in the language in use. */
  errorOf(name: string): string | undefined {
    if (this.#refusal?.details['input'] !== name) return undefined;
    // Who is meant can be chosen from those there are.
    const names = this.#refusal.details['names'];
    if (names) return tFrom('error.input.names', { names });
    const kind = this.description.inputs.find((field) => field.name === name)?.kind;
    const wanted = kind && this.#refusal.code === 'input-invalid' ? WANTED[kind] : undefined;
    return wanted ? tFrom(wanted, {}) : help(this.#refusal);
  }
}
