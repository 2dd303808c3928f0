/**
 * What each fault looks like and what can be done about it. One table, complete by type: a code
 * that Rust adds does not compile here until it has its words in every language.
 */
import type { Code, Fault } from '../backend/bindings';
import type { Key } from '../i18n/message';
import { tFrom } from '../i18n/words.svelte';

/** `notice`: nothing is wrong. `fixable`: the person can mend it. `broken`: the machine or we must. */
export type Severity = 'notice' | 'fixable' | 'broken';
/** What the window offers beside the words. */
export type Remedy = 'again' | 'download' | 'models';

export interface Entry {
  readonly severity: Severity;
  /** What happened, as a heading. */
  readonly messageKey: Key;
  /** What it means and what to do. */
  readonly helpKey: Key;
  readonly action?: Remedy;
}

const entry = <C extends Code>(code: C, severity: Severity, action?: Remedy): Entry => ({
  severity,
  messageKey: `error.${code}`,
  helpKey: `error.${code}.help`,
  ...(action && { action }),
});

export const faults: Record<Code, Entry> = {
  'assistant-unknown': entry('assistant-unknown', 'broken'),
  'input-unknown': entry('input-unknown', 'broken'),
  'input-missing': entry('input-missing', 'fixable'),
  'input-too-long': entry('input-too-long', 'fixable'),
  'input-invalid': entry('input-invalid', 'fixable'),
  'preset-invalid': entry('preset-invalid', 'fixable'),
  'preset-taken': entry('preset-taken', 'fixable'),
  'file-not-found': entry('file-not-found', 'fixable', 'again'),
  'file-unreadable': entry('file-unreadable', 'fixable', 'again'),
  'database-invalid': entry('database-invalid', 'fixable'),
  'sheet-invalid': entry('sheet-invalid', 'fixable'),
  'export-impossible': entry('export-impossible', 'fixable'),
  'reference-unusable': entry('reference-unusable', 'fixable'),
  'edit-impossible': entry('edit-impossible', 'fixable'),
  'browser-missing': entry('browser-missing', 'fixable'),
  'database-empty': entry('database-empty', 'fixable'),
  'database-locked': entry('database-locked', 'fixable', 'again'),
  'network-forbidden': entry('network-forbidden', 'fixable', 'again'),
  'spending-limit-reached': entry('spending-limit-reached', 'fixable', 'models'),
  'server-unreachable': entry('server-unreachable', 'fixable', 'again'),
  'server-refused': entry('server-refused', 'fixable'),
  'server-lost': entry('server-lost', 'fixable', 'again'),
  'query-failed': entry('query-failed', 'fixable', 'again'),
  'query-not-read-only': entry('query-not-read-only', 'fixable'),
  'query-too-slow': entry('query-too-slow', 'fixable', 'again'),
  'position-invalid': entry('position-invalid', 'fixable'),
  'game-invalid': entry('game-invalid', 'fixable'),
  'chess-engine-missing': entry('chess-engine-missing', 'fixable', 'again'),
  'chess-engine-lost': entry('chess-engine-lost', 'broken', 'again'),
  'book-unknown': entry('book-unknown', 'fixable'),
  'book-damaged': entry('book-damaged', 'broken'),
  'entry-refused': entry('entry-refused', 'fixable'),
  'bank-file-invalid': entry('bank-file-invalid', 'fixable'),
  'not-sure': entry('not-sure', 'fixable', 'again'),
  'model-unknown': entry('model-unknown', 'fixable', 'models'),
  'model-missing': entry('model-missing', 'fixable', 'download'),
  'model-corrupt': entry('model-corrupt', 'fixable', 'download'),
  'model-too-large': entry('model-too-large', 'fixable', 'again'),
  'engine-missing': entry('engine-missing', 'broken', 'again'),
  'engine-lost': entry('engine-lost', 'broken', 'again'),
  'model-failed': entry('model-failed', 'broken', 'again'),
  'context-overflow': entry('context-overflow', 'fixable'),
  'download-failed': entry('download-failed', 'fixable', 'download'),
  'service-misconfigured': entry('service-misconfigured', 'fixable', 'models'),
  'service-key-refused': entry('service-key-refused', 'fixable', 'models'),
  'service-busy': entry('service-busy', 'fixable', 'again'),
  'service-unreachable': entry('service-unreachable', 'fixable', 'again'),
  'service-failed': entry('service-failed', 'broken', 'again'),
  cancelled: entry('cancelled', 'notice', 'again'),
  interrupted: entry('interrupted', 'notice', 'again'),
  'run-unknown': entry('run-unknown', 'fixable'),
  'history-unusable': entry('history-unusable', 'broken', 'again'),
  'history-too-new': entry('history-too-new', 'fixable'),
  'import-invalid': entry('import-invalid', 'fixable'),
  'backup-invalid': entry('backup-invalid', 'fixable'),
  'file-too-new': entry('file-too-new', 'fixable'),
  'restore-refused': entry('restore-refused', 'fixable'),
  internal: entry('internal', 'broken', 'again'),
};

/** The entry of a fault; one from a newer desk that this window does not know counts as ours. */
export function entryOf(fault: Fault): Entry {
  return Object.hasOwn(faults, fault.code) ? faults[fault.code] : faults.internal;
}

/** What happened, in the language in use. */
export function heading(fault: Fault): string {
  return tFrom(entryOf(fault).messageKey, figures(fault.details));
}

/** What to do about it, in the language in use. */
export function help(fault: Fault): string {
  return tFrom(entryOf(fault).helpKey, figures(fault.details));
}

/** Whole numbers among the details become numbers, so that they are written as the language does. */
function figures(details: Fault['details']): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(details).map(([name, value]) => [
      name,
      /^\d{1,15}$/.test(value) ? Number(value) : value,
    ]),
  );
}
