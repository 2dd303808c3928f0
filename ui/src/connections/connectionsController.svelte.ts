/** Databases that have names: which there are, and whether they answer. */
import { asFault, type Backend } from '../backend/backend';
import type { ConnectionEdit, ConnectionInfo, DatabaseReport, Fault } from '../backend/bindings';

/** A test under way, or what came of it. */
export type ConnectionTrial =
  { readonly is: 'running' } | { readonly is: 'over'; readonly report: DatabaseReport };

export class ConnectionsController {
  all = $state.raw<readonly ConnectionInfo[]>([]);
  fault = $state.raw<Fault | null>(null);
  isOpen = $state(false);
  /** By connection; absent where nothing was tried. */
  trials = $state.raw<Readonly<Record<string, ConnectionTrial>>>({});
  #backend: Backend;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  find(name: string): ConnectionInfo | null {
    return this.all.find((one) => one.name === name) ?? null;
  }

  /** Opens the dialog with what is known now. */
  async open(): Promise<void> {
    this.isOpen = true;
    this.trials = {};
    await this.refresh();
  }

  close(): void {
    this.isOpen = false;
  }

  async refresh(): Promise<void> {
    try {
      this.all = await this.#backend.connections();
      this.fault = null;
    } catch (reason) {
      this.fault = asFault(reason);
    }
  }

  /** Keeps a connection. Why not, if not. */
  async save(edit: ConnectionEdit, password: string | null): Promise<Fault | null> {
    try {
      await this.#backend.saveConnection(edit, password);
    } catch (reason) {
      return asFault(reason);
    }
    this.#note(edit.name, null);
    await this.refresh();
    return null;
  }

  /** Opens a connection, kept or about to be, and says what was found. */
  async try(edit: ConnectionEdit, password: string | null): Promise<DatabaseReport> {
    try {
      return await this.#backend.testConnection(edit, password);
    } catch (reason) {
      return { ok: false, tables: 0, fault: asFault(reason) };
    }
  }

  /** Tries one that is kept. */
  async test(name: string): Promise<void> {
    if (this.trials[name]?.is === 'running') return;
    this.#note(name, { is: 'running' });
    const report = await this.try({ name, address: null, server: null }, null);
    this.#note(name, { is: 'over', report });
  }

  async remove(name: string): Promise<Fault | null> {
    try {
      await this.#backend.removeConnection(name);
    } catch (reason) {
      return asFault(reason);
    }
    this.#note(name, null);
    await this.refresh();
    return null;
  }

  #note(name: string, trial: ConnectionTrial | null): void {
    const others = Object.entries(this.trials).filter(([other]) => other !== name);
    this.trials = Object.fromEntries(trial ? [...others, [name, trial]] : others);
  }
}
