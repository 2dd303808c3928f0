/** Reading ahead: while the person still writes, the model reads what every run begins with. */
import type { Backend, RunRequest } from '../backend/backend';

/** Nobody who writes on is done with the first words. */
const PAUSE_MS = 500;

export class Ahead {
  #backend: Pick<Backend, 'readAhead'>;
  #pause: ReturnType<typeof setTimeout> | undefined;

  constructor(backend: Pick<Backend, 'readAhead'>) {
    this.#backend = backend;
  }

  /** Something was written into a form. */
  written(assistant: string, inputs: RunRequest['inputs']): void {
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => {
      // What is wrong with the model, whoever runs it is told.
      void this.#backend.readAhead(assistant, inputs).catch(() => false);
    }, PAUSE_MS);
  }
}
