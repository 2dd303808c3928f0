/** What the person has filled in for one assistant. */
import type { RunRequest } from '../backend/backend';
import type { Description, Example, Fault, Field } from '../backend/bindings';
import { help } from '../errors/table';
import { local } from '../i18n/words.svelte';

export class FormController {
  readonly description: Description;
  values = $state<Record<string, string>>({});
  #refusal = $state.raw<Fault | null>(null);

  constructor(description: Description) {
    this.description = description;
    this.values = Object.fromEntries(this.fields.map((field) => [field.name, '']));
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

  set(name: string, value: string): void {
    this.values[name] = value;
    this.#refusal = null;
  }

  clear(): void {
    this.restore({});
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
    return this.#refusal?.details['input'] === name ? help(this.#refusal) : undefined;
  }
}
