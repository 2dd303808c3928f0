/** What the person fills in about a database. The password is held here only until it is handed over. */
import type { ConnectionEdit, DatabaseReport, Fault } from '../backend/bindings';
import type { ConnectionsController } from './connectionsController.svelte';

export const WAYS = ['address', 'postgres', 'mysql'] as const;
export type Way = (typeof WAYS)[number];

export class ConnectionForm {
  name = $state('');
  /** A path or a whole address, or the parts of a server's. */
  way = $state<Way>('address');
  address = $state('');
  host = $state('');
  port = $state('');
  user = $state('');
  database = $state('');
  password = $state('');
  isStrict = $state(false);
  busy = $state<'saving' | 'testing' | null>(null);
  fault = $state.raw<Fault | null>(null);
  report = $state.raw<DatabaseReport | null>(null);
  #connections: ConnectionsController;

  constructor(connections: ConnectionsController) {
    this.#connections = connections;
  }

  /** Whether there is enough to try it. */
  get isTriable(): boolean {
    if (this.busy) return false;
    return this.way === 'address'
      ? this.address.trim() !== ''
      : this.user.trim() !== '' && this.database.trim() !== '';
  }

  get isComplete(): boolean {
    return this.isTriable && this.name.trim() !== '';
  }

  /** Whether saving would replace another one. */
  get isTaken(): boolean {
    return this.#connections.find(this.name.trim()) !== null;
  }

  async test(): Promise<void> {
    if (!this.isTriable) return;
    this.busy = 'testing';
    this.fault = null;
    this.report = await this.#connections.try(this.#edit('new'), this.password || null);
    this.busy = null;
  }

  /** Whether it was saved; if not, `fault` says why. */
  async save(): Promise<boolean> {
    if (!this.isComplete) return false;
    this.busy = 'saving';
    this.report = null;
    this.fault = await this.#connections.save(this.#edit(''), this.password || null);
    this.busy = null;
    if (!this.fault) this.#clear();
    return !this.fault;
  }

  #edit(name: string): ConnectionEdit {
    const { way, host, port, user, database, isStrict } = this;
    return {
      name: this.name.trim() || name,
      address: way === 'address' ? this.address.trim() : null,
      server: way === 'address' ? null : { engine: way, host, port, user, database, isStrict },
    };
  }

  #clear(): void {
    for (const field of [
      'name',
      'address',
      'host',
      'port',
      'user',
      'database',
      'password',
    ] as const)
      this[field] = '';
  }
}
