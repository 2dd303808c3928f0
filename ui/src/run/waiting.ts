/** What the person waits for while nothing is written. */
import { percent } from '../i18n/format';
import { t, words } from '../i18n/words.svelte';
import type { LiveRun } from './liveRun.svelte';

export function waitingFor({ loaded, model }: LiveRun): string {
  if (loaded !== null)
    return t('run.grounding', { percent: percent(loaded / 100, words.language) });
  switch (model?.doing) {
    case 'waiting':
      return t('run.model.waiting');
    case 'loading':
      return t('run.model.loading', { percent: percent(model.percent / 100, words.language) });
    case 'reading':
      return t('run.model.reading', { percent: percent(model.percent / 100, words.language) });
    default:
      return t('run.nothing-yet');
  }
}
