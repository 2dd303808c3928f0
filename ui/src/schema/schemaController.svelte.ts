/** What is in the database of the form, while that is looked at. */
import { asFault, type Backend } from '../backend/backend';
import type { Fault, SchemaInfo } from '../backend/bindings';
import { find } from './find';
import { layoutOf } from './joins';

/** So few tables are shown with their columns at once. */
const FEW = 3;

export class SchemaController {
  isOpen = $state(false);
  /** Which database it is about. */
  database = $state('');
  info = $state.raw<SchemaInfo | null>(null);
  fault = $state.raw<Fault | null>(null);
  sought = $state('');
  /** The table in hand: marked in the picture, open in the list. */
  selected = $state<string | null>(null);
  /** What is being written about: `table`, `table.column`, or nothing for the whole. */
  noting = $state<string | null>(null);
  noteFault = $state.raw<Fault | null>(null);
  #unfolded = $state.raw<ReadonlySet<string>>(new Set());
  #backend: Backend;
  #asked = 0;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  readonly isLoading = $derived.by(() => this.isOpen && !this.info && !this.fault);
  readonly found = $derived.by(() => find(this.info?.tables ?? [], this.sought));
  readonly layout = $derived.by(() => layoutOf(this.info?.tables ?? [], this.selected));

  /** Opens the panel on a database, or lets it follow to another one. */
  async show(database: string): Promise<void> {
    this.isOpen = true;
    if (database === this.database && this.info) return;
    await this.#load(database);
  }

  async again(): Promise<void> {
    await this.#load(this.database);
  }

  close(): void {
    this.isOpen = false;
  }

  isUnfolded(table: string): boolean {
    const tables = this.info?.tables.length ?? 0;
    return this.#unfolded.has(table) !== tables <= FEW;
  }

  toggle(table: string): void {
    const next = new Set(this.#unfolded);
    if (!next.delete(table)) next.add(table);
    this.#unfolded = next;
  }

  /** Takes a table in hand and shows its columns. */
  select(table: string): void {
    this.selected = table;
    if (!this.found.some((one) => one.table.name === table)) this.sought = '';
    if (!this.isUnfolded(table)) this.toggle(table);
  }

  /** Keeps what the person wrote, and shows it. */
  async note(on: string, name: string, text: string): Promise<void> {
    const { database } = this;
    try {
      await this.#backend.setNote(database, on, name, text);
      const info = await this.#backend.databaseSchema(database);
      if (database !== this.database) return;
      this.info = info;
      this.noteFault = null;
      this.noting = null;
    } catch (reason) {
      this.noteFault = asFault(reason);
    }
  }

  async #load(database: string): Promise<void> {
    const asked = ++this.#asked;
    this.database = database;
    this.info = null;
    this.fault = null;
    this.sought = '';
    this.selected = null;
    this.noting = null;
    this.noteFault = null;
    this.#unfolded = new Set();
    try {
      const info = await this.#backend.databaseSchema(database);
      if (asked === this.#asked) this.info = info;
    } catch (reason) {
      if (asked === this.#asked) this.fault = asFault(reason);
    }
  }
}
