/** The sign of each group of the palette, for items without one of their own. */
import CircleHelp from '@lucide/svelte/icons/circle-question-mark';
import CornerDownRight from '@lucide/svelte/icons/corner-down-right';
import History from '@lucide/svelte/icons/history';
import PanelsTopLeft from '@lucide/svelte/icons/panels-top-left';
import Settings from '@lucide/svelte/icons/settings-2';
import Sparkle from '@lucide/svelte/icons/sparkle';

import type { Icon } from '../assistants/icons';
import type { Group } from './items';

export const SIGNS: Record<Group, Icon> = {
  action: CornerDownRight,
  assistant: Sparkle,
  run: History,
  view: PanelsTopLeft,
  setting: Settings,
  help: CircleHelp,
};
