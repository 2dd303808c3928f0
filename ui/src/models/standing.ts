/** How a model stands, as one word: for its badge and for tests. */
import type { ModelCard } from '../backend/library';
import type { Desk } from '../desk.svelte';

export type Standing =
  'downloading' | 'checking' | 'removing' | 'damaged' | 'in-use' | 'here' | 'wanted' | 'away';

export function stateOf(desk: Pick<Desk, 'models' | 'files'>, model: ModelCard): Standing {
  const state = desk.files.stateOf(model.id);
  const download = desk.models.download;
  if (download?.id === model.id) {
    return download.progress?.source === 'check' ? 'checking' : 'downloading';
  }
  if (state?.is === 'checking' || state?.is === 'removing') return state.is;
  const isUsed = desk.models.isUsed(model.id);
  if (!model.present) return isUsed ? 'wanted' : 'away';
  if (state?.is === 'faulty' && state.fault.code === 'model-corrupt') return 'damaged';
  return isUsed ? 'in-use' : 'here';
}
