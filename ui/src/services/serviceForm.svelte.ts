/** What the person fills in about a service. The key is held here only until it is handed over. */
import type { Fault, PriceInfo } from '../backend/bindings';
import type { ServiceInfo, ServiceKind } from '../backend/library';
import { KINDS } from './kinds';
import type { ServicesController } from './servicesController.svelte';

const NO_PRICE: Readonly<PriceInfo> = { input: '', output: '', cached: '' };
const PARTS = ['input', 'output', 'cached'] as const satisfies readonly (keyof PriceInfo)[];

export class ServiceForm {
  /** The service that is changed; nothing while one is added. */
  readonly before: ServiceInfo | null;
  address = $state('');
  key = $state('');
  /** Dollars for a million tokens that it reads, writes, and still knew. */
  price = $state<PriceInfo>({ ...NO_PRICE });
  isSaving = $state(false);
  fault = $state.raw<Fault | null>(null);
  #kind = $state<ServiceKind>('openai');
  #name = $state<string | null>(null);
  #services: ServicesController;

  constructor(services: ServicesController, before: ServiceInfo | null = null) {
    this.#services = services;
    this.before = before;
    if (!before) return;
    this.#kind = before.kind;
    this.#name = before.name;
    this.address = before.baseUrl ?? '';
    this.price = { ...NO_PRICE, ...before.price };
  }

  get kind(): ServiceKind {
    return this.#kind;
  }
  set kind(kind: ServiceKind) {
    this.#kind = kind;
  }

  /** Follows the kind until the person writes one. */
  get name(): string {
    return this.#name ?? this.#suggestion;
  }
  set name(name: string) {
    this.#name = name;
  }

  get isComplete(): boolean {
    return this.name.trim() !== '' && !this.isSaving;
  }

  /** Whether saving would replace another service. */
  get isTaken(): boolean {
    return !this.before && this.#services.find(this.name.trim()) !== null;
  }

  /** Whether it was saved; if not, `fault` says why. */
  async save(): Promise<boolean> {
    if (!this.isComplete || this.isTaken) return false;
    this.isSaving = true;
    const service = {
      name: this.name.trim(),
      kind: this.#kind,
      baseUrl: this.address.trim() || null,
      ...(this.#isPriceChanged && { price: { ...this.price } }),
    };
    this.fault = await this.#services.save(service, this.key.trim() || null);
    this.isSaving = false;
    if (!this.fault) this.key = '';
    return !this.fault;
  }

  get #isPriceChanged(): boolean {
    const before = this.before?.price ?? NO_PRICE;
    return PARTS.some((part) => this.price[part].trim() !== before[part]);
  }

  /** The kind's name, with a number where it is taken. */
  get #suggestion(): string {
    const { name } = KINDS[this.#kind];
    let next = name;
    for (let count = 2; this.#services.find(next); count += 1) next = `${name}-${count}`;
    return next;
  }
}
