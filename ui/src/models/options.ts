/** The models as choices of a list, in the language in use. */
import { t } from '../i18n/words.svelte';
import { elsewhere, type ModelsController } from './modelsController.svelte';

export interface Option {
  value: string;
  label: string;
  note?: string;
  disabled?: boolean;
}

/** Those of this machine first, then those of services. `onlyHere`: what is not here cannot be chosen. */
export function optionsOf(
  models: ModelsController,
  chosen: string | null,
  onlyHere = false,
): Option[] {
  const local = models.all.map(({ id, title, present }): Option => {
    const standard = id === models.standard ? { note: t('model.default') } : {};
    const note = present ? standard : { note: t('model.absent') };
    return { value: id, label: title, ...note, disabled: onlyHere && !present && id !== chosen };
  });
  const remote = models.remote.map((id): Option => {
    const { service, model } = elsewhere(id) ?? { service: '', model: id };
    return { value: id, label: model, note: t('model.at', { service }) };
  });
  return [...local, ...remote];
}
