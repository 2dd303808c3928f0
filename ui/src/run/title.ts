/** What a run is called: what was asked for, in the person's own words. */
import type { RunRequest } from '../backend/backend';
import type { Description, FieldKind } from '../backend/bindings';
import { local, t } from '../i18n/words.svelte';

const WORDS: readonly FieldKind[] = ['long-text', 'text'];

/** The first words that the form needs, else any that were filled in; else the assistant's name. */
export function titleOf(
  inputs: RunRequest['inputs'],
  description: Description | null | undefined,
): string {
  // A game or a position is nothing that can be read out.
  if (inputs['pgn']?.trim()) return t('chess.game');
  if (inputs['fen']?.trim()) return t('chess.position');
  const player = inputs['player']?.trim();
  if (inputs['games']?.trim() && description?.artifact === 'chess') {
    return player ? t('chess.habits', { player }) : t('chess.habits.anybody');
  }
  const filled = (description?.inputs ?? []).filter(
    ({ name, hidden }) => !hidden && inputs[name]?.trim(),
  );
  const asked =
    filled.find(({ kind, required }) => required && WORDS.includes(kind)) ??
    filled.find(({ kind }) => WORDS.includes(kind));
  if (asked) return inputs[asked.name]?.trim() ?? '';
  if (inputs['sql']?.trim()) return t('result.own-sql');
  const first = filled[0] && inputs[filled[0].name]?.trim();
  return first || (description ? local(description.title) : t('result.no-question'));
}
