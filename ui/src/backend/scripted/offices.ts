/** The services elsewhere of the scripted desk. */
import type { Check, Fault } from '../bindings';
import type { Service, ServiceInfo, ServiceTest } from '../library';
import { fault } from './fault';

export interface OfficesScript {
  services?: readonly ServiceInfo[];
  /** Why the list cannot be read. */
  servicesFault?: Fault;
  /** Without one, a key is held for the session only. */
  hasKeychain?: boolean;
  /** How a test ends, by the name of the service; well when there is none. */
  tests?: Readonly<Record<string, ServiceTest | Fault>>;
  saveFault?: Fault;
}

const NAME = /^[a-z0-9][a-z0-9._-]*$/;

export class Offices {
  services: ServiceInfo[];
  /** Every key that was given, by service: for tests. */
  readonly keys = new Map<string, string>();
  #script: OfficesScript;

  constructor(script: OfficesScript) {
    this.#script = script;
    this.services = [...(script.services ?? [])];
  }

  list(): ServiceInfo[] {
    if (this.#script.servicesFault) throw this.#script.servicesFault;
    return this.services;
  }

  save(service: Service, key: string | null): void {
    if (this.#script.saveFault) throw this.#script.saveFault;
    if (!NAME.test(service.name)) {
      throw fault('service-misconfigured', 'The name of a service is small letters and digits.', {
        service: service.name,
        reason: 'a name has small letters, digits, -, _ and . only',
      });
    }
    const before = this.services.find(({ name }) => name === service.name);
    if (key !== null) this.keys.set(service.name, key);
    const place = (this.#script.hasKeychain ?? true) ? 'keychain' : 'session';
    const keyPlace = key === null ? (before?.keyPlace ?? null) : place;
    this.services = [...this.services.filter((one) => one !== before), { ...service, keyPlace }];
  }

  remove(name: string): void {
    this.keys.delete(name);
    this.services = this.services.filter((service) => service.name !== name);
  }

  test(name: string, model: string): ServiceTest {
    const end = this.#script.tests?.[name] ?? worksWith(model);
    if ('code' in end) throw end;
    return end;
  }
}

const found = (name: string, passed: boolean, detail: string): Check => ({ name, passed, detail });

export const worksWith = (model: string): ServiceTest => ({
  ok: true,
  findings: [
    found('reachable', true, ''),
    found('key', true, ''),
    found('model', true, 'one of 3'),
    found('streams', true, '640 ms'),
  ],
  sentence: 'The service works; a first answer took 640 ms.',
  models: [model, 'claude-haiku-4-5', 'claude-opus-4-5'],
});

export const keyRefused: ServiceTest = {
  ok: false,
  findings: [
    found('reachable', true, ''),
    found('key', false, 'the service answered 401: invalid x-api-key'),
  ],
  sentence: 'The service does not accept the key: set the right one (401: invalid x-api-key).',
  models: [],
};

/** One of each place where a key can lie. */
export const services: readonly ServiceInfo[] = [
  { name: 'office', kind: 'anthropic', baseUrl: null, keyPlace: 'keychain' },
  {
    name: 'gateway',
    kind: 'openai',
    baseUrl: 'https://models.example.com/v1',
    keyPlace: 'session',
  },
  { name: 'attic', kind: 'ollama', baseUrl: null, keyPlace: null },
];
