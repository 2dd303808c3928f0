/** What a run is called: the question in it, or the person's own statement. */
import type { RunRequest } from '../backend/backend';
import { t } from '../i18n/words.svelte';

const NAMED_BY = ['question', 'text', 'brief', 'description'];

export function titleOf(inputs: RunRequest['inputs']): string {
  const asked = NAMED_BY.map((name) => inputs[name]?.trim()).find(Boolean);
  if (asked) return asked;
  if (inputs['pgn']?.trim()) return t('chess.game');
  if (inputs['fen']?.trim()) return t('chess.position');
  return t(inputs['sql']?.trim() ? 'result.own-sql' : 'result.no-question');
}
