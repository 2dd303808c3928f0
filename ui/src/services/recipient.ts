/** To whom goes what a person fills in. */
import { elsewhere } from '../models/modelsController.svelte';
import { isHere } from './kinds';
import type { ServicesController } from './servicesController.svelte';

/** The service that is sent what is filled in, when that model answers; nothing if it stays here. */
export function recipientOf(id: string | null, services: ServicesController): string | null {
  const name = elsewhere(id ?? '')?.service ?? null;
  const service = name === null ? null : services.find(name);
  return service && isHere(service) ? null : name;
}
