/** What a generated command answers, as a promise that rejects with the fault. */
import { asFault } from './backend';
import type { Fault } from './bindings';

export type Answer<T> = { status: 'ok'; data: T } | { status: 'error'; error: Fault };

/** Gives the data, or throws the fault. */
export async function answered<T>(asked: Promise<Answer<T>>): Promise<T> {
  const answer = await asked.catch((reason: unknown) => {
    throw asFault(reason);
  });
  if (answer.status === 'error') throw asFault(answer.error);
  return answer.data;
}
