/** A fault as the desk would tell it. */
import type { Fault } from '../bindings';

export function fault(
  code: Fault['code'],
  sentence: string,
  details: Fault['details'] = {},
): Fault {
  return { code, sentence, details };
}
