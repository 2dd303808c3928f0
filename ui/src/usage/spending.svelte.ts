/** What was used and what it cost, and how much may be spent. */
import { asFault } from '../backend/backend';
import type { Fault, SpendingInfo, UsageBy, UsageLine } from '../backend/bindings';
import type { SpendingBackend } from '../backend/spending';

export class SpendingController {
  by = $state<UsageBy>('month');
  /** Nothing before it was read. */
  lines = $state.raw<readonly UsageLine[] | null>(null);
  info = $state.raw<SpendingInfo | null>(null);
  fault = $state.raw<Fault | null>(null);
  /** Why the limit was not set. */
  refusal = $state.raw<Fault | null>(null);
  readonly #backend: SpendingBackend;

  constructor(backend: SpendingBackend) {
    this.#backend = backend;
  }

  async refresh(): Promise<void> {
    await Promise.all([this.show(this.by), this.readInfo()]);
  }

  /** Adds up by something else. */
  async show(by: UsageBy): Promise<void> {
    this.by = by;
    this.fault = null;
    await this.#trying(async () => {
      const lines = await this.#backend.usage(by);
      // Meanwhile something else may be wanted.
      if (this.by === by) this.lines = lines;
    });
  }

  async readInfo(): Promise<void> {
    await this.#trying(async () => {
      this.info = await this.#backend.info();
    });
  }

  /** Sets how many dollars may be spent in a month; nothing for any. Whether it was set. */
  async setLimit(dollars: string | null): Promise<boolean> {
    try {
      await this.#backend.setLimit(dollars);
      this.refusal = null;
    } catch (reason) {
      this.refusal = asFault(reason);
    }
    await this.readInfo();
    return this.refusal === null;
  }

  async #trying(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (reason) {
      this.fault = asFault(reason);
    }
  }
}
