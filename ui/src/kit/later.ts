/**
 * Parts of the window that are read when they are first looked at: most windows never draw most of them,
 * and what is not read costs neither time at the start nor memory.
 */
import { tick, type Component } from 'svelte';

/** Where a part comes from: written once for the life of the window, so that it is known again. */
export type Source<Props extends object> = () => Promise<{ default: Component<Props> }>;

const arrived = new Map<unknown, unknown>();
const underway = new Set<Promise<unknown>>();

/** The part, where it was read before. */
export function known<Props extends object>(from: Source<Props>): Component<Props> | null {
  return (arrived.get(from) as Component<Props> | undefined) ?? null;
}

/** Reads the part. */
export async function read<Props extends object>(from: Source<Props>): Promise<Component<Props>> {
  const reading = from();
  underway.add(reading);
  try {
    const { default: part } = await reading;
    arrived.set(from, part);
    return part;
  } finally {
    underway.delete(reading);
  }
}

/** Waits until every part that is being read is there, and what those parts need in turn. */
export async function settled(): Promise<void> {
  await tick();
  while (underway.size > 0) {
    await Promise.allSettled(underway);
    await tick();
  }
}

/** For the place where a part should be and could not be read: what guards that place says so. */
export function refuse(reason: unknown): never {
  throw reason;
}
