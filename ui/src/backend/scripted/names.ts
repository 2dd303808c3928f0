/** The named databases of the scripted desk, and what was written about them. */
import type {
  ConnectionEdit,
  ConnectionInfo,
  DatabaseReport,
  Place,
  SchemaInfo,
} from '../bindings';
import { fault } from './fault';

export class Names {
  connections: ConnectionInfo[] = [];
  #notes = new Map<string, { ownName: string; note: string }>();

  save(edit: ConnectionEdit, password: string | null): Place | null {
    if (edit.name.includes('/'))
      throw fault('input-invalid', 'A name has no slashes.', { input: 'name' });
    const passwordPlace = password === null ? null : 'session';
    const info = { name: edit.name, address: addressOf(edit), passwordPlace } as const;
    this.remove(edit.name);
    this.connections = [...this.connections, { ...info, isServer: info.address.includes('://') }];
    return passwordPlace;
  }

  /** Whatever is on a machine called `away` does not answer. */
  test(edit: ConnectionEdit): DatabaseReport {
    const kept = this.connections.find(({ name }) => name === edit.name);
    const address = kept?.address ?? addressOf(edit);
    return address.includes('away')
      ? { ok: false, tables: 0, fault: fault('server-unreachable', 'Nobody answers.') }
      : { ok: true, tables: 12, fault: null };
  }

  remove(name: string): void {
    this.connections = this.connections.filter((one) => one.name !== name);
  }

  note(on: string, ownName: string, note: string): void {
    this.#notes.set(on, { ownName, note });
  }

  /** A schema with what was written about it. */
  noted(schema: SchemaInfo): SchemaInfo {
    const tables = schema.tables.map((table) => ({
      ...table,
      ...this.#notes.get(table.name),
      columns: table.columns.map((column) => ({
        ...column,
        ...this.#notes.get(`${table.name}.${column.name}`),
      })),
    }));
    return { note: this.#notes.get('')?.note ?? schema.note, tables };
  }
}

function addressOf({ address, server }: ConnectionEdit): string {
  return address ?? `${server?.engine}://${server?.user}@${server?.host}/${server?.database}`;
}
