/** What is said aloud about the work, for those who do not see it: the stage, then the outcome. */
import { heading } from '../errors/table';
import { t, tFrom } from '../i18n/words.svelte';
import type { RunController } from './runController.svelte';

export function announcement({ view, live, shown, refusal }: RunController): string {
  if (view === 'refused' && refusal) return heading(refusal);
  if (view === 'live' && live) {
    const active = live.steps.find(({ state }) => state === 'active');
    return active ? tFrom(active.words, {}) : t('run.starting');
  }
  if (view !== 'ended' || !shown) return '';
  const { artifact, error, status } = shown.report;
  if (error) return heading(error);
  const rows = artifact?.kind === 'query' ? t('result.rows', { count: artifact.row_count }) : '';
  return [t(`status.${status}`), rows].filter(Boolean).join(', ');
}
