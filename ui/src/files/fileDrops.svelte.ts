/** A file that was let go over the window: what the desk offers for it, and doing one of that. */
import { asFault } from '../backend/backend';
import type { Fault, FileOffer, FileOffers } from '../backend/bindings';
import type { Desk } from '../desk.svelte';

export class FileDrops {
  isOver = $state(false);
  path = $state<string | null>(null);
  found = $state.raw<FileOffers | null>(null);
  fault = $state.raw<Fault | null>(null);
  readonly #desk: Desk;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** Whether there is something to be said about a file. */
  readonly isAsking = $derived.by(() => this.found !== null || this.fault !== null);

  /** Listens until what it gives is called. */
  watch(): () => void {
    const watching = this.#desk.backend.watchDrops((drop) => {
      this.isOver = drop.state === 'over';
      if (drop.state === 'let-go') void this.take(drop.path);
    });
    return () => void watching.then((stop) => stop()).catch(() => undefined);
  }

  /** Asks what can be done with a file, and does it where it is only one thing. */
  async take(path: string): Promise<void> {
    this.close();
    this.path = path;
    try {
      const found = await this.#desk.backend.fileOffers(path);
      const [first, ...others] = found.offers;
      if (first && others.length === 0) await this.#do(first);
      else this.found = found;
    } catch (reason) {
      this.fault = asFault(reason);
    }
  }

  async choose(offer: FileOffer): Promise<void> {
    this.found = null;
    await this.#do(offer);
  }

  close(): void {
    [this.found, this.fault] = [null, null];
  }

  async #do(offer: FileOffer): Promise<void> {
    const desk = this.#desk;
    if (offer.does === 'bring') {
      this.fault = (await desk.workshop?.import({ path: this.path ?? '' })) ?? null;
    } else if (offer.does === 'books') {
      desk.showBooks();
      await desk.book.refresh();
      if (this.path && desk.book.name) await desk.book.takeIn(this.path);
    } else {
      desk.choose(offer.assistant);
      desk.runs.lay();
      desk.form?.set(offer.field, offer.value);
      if (desk.form?.description.inputs.find(({ name }) => name === offer.field)?.kind === 'file')
        desk.databaseChosen(offer.value);
    }
  }
}
