/** What the person likes: language, looks, size of the text, whether history is open. Kept in this window. */
import { languageFor, LANGUAGES, type Language } from '../i18n/message';
import { words } from '../i18n/words.svelte';
import { QUICK_KEYS } from '../windows/quickKeys';

export type Theme = 'system' | 'light' | 'dark' | 'contrast-light' | 'contrast-dark';
export const THEMES: readonly Theme[] = [
  'system',
  'light',
  'dark',
  'contrast-light',
  'contrast-dark',
];

/** How large the text may be, in percent of the usual. */
export const TEXT_SIZES: readonly number[] = [90, 100, 110, 125, 150];
const USUAL_SIZE = 100;
const DARK = '(prefers-color-scheme: dark)';
const CONTRAST = '(prefers-contrast: more)';

/** The other side of the day: from light to dark and back, with the contrast as it is. */
export function nextTheme(theme: Theme): Theme {
  switch (theme) {
    case 'light':
      return 'dark';
    case 'dark':
      return 'light';
    case 'contrast-light':
      return 'contrast-dark';
    case 'contrast-dark':
      return 'contrast-light';
    case 'system':
      return globalThis.matchMedia?.(DARK).matches ? 'light' : 'dark';
  }
}

interface Kept {
  language?: Language;
  theme?: Theme;
  textSize?: number;
  history?: boolean;
  favourites?: string[];
  recent?: string[];
  quickKeys?: string;
  tray?: boolean;
  notices?: boolean;
}

const KEY = 'deskhand.preferences';
/** The person wants no keys for the small window. */
const NO_KEYS = 'off';
/** Below this, at the usual size of the text, there is no room for history beside the work. */
const ROOMY_PX = 1080;

export class Preferences {
  #kept = $state<Kept>({});
  /** Whether there is room for history beside the work; follows the window and the text in it. */
  #isRoomy = $state(true);
  /** Whether history lies over the work, where there is no room beside it. Not kept: it is a glance. */
  #isHistoryOver = $state(false);
  #forgetRoom: () => void = () => undefined;
  #storage: Storage | undefined;

  constructor(storage: Storage | undefined = globalThis.localStorage) {
    this.#storage = storage;
    this.#kept = read(storage);
    this.#apply();
  }

  get language(): Language {
    return this.#kept.language ?? languageFor(navigator.language);
  }
  set language(language: Language) {
    this.#keep({ language });
  }

  get theme(): Theme {
    return this.#kept.theme ?? 'system';
  }
  set theme(theme: Theme) {
    this.#keep({ theme });
  }

  /** In percent of the usual. */
  get textSize(): number {
    return this.#kept.textSize ?? USUAL_SIZE;
  }
  set textSize(textSize: number) {
    this.#keep({ textSize });
  }

  /** The next larger text, or the next smaller one, as far as there is one. */
  growText(by: 1 | -1): void {
    const at = TEXT_SIZES.indexOf(this.textSize) + by;
    this.textSize = TEXT_SIZES[at] ?? this.textSize;
  }

  get isHistoryOpen(): boolean {
    return this.#isRoomy ? (this.#kept.history ?? true) : this.#isHistoryOver;
  }
  set isHistoryOpen(history: boolean) {
    if (this.#isRoomy) this.#keep({ history });
    else this.#isHistoryOver = history;
  }

  /** Puts history away where it lies over the work, for somebody turns to that. */
  makeRoom(): void {
    this.#isHistoryOver = false;
  }

  /** Assistants in the rail, in its order; nothing while the person has not chosen. */
  get favourites(): readonly string[] | null {
    return this.#kept.favourites ?? null;
  }
  set favourites(favourites: readonly string[]) {
    this.#keep({ favourites: [...favourites] });
  }

  /** Assistants that were used, the last first. */
  get recent(): readonly string[] {
    return this.#kept.recent ?? [];
  }
  set recent(recent: readonly string[]) {
    this.#keep({ recent: [...recent] });
  }

  /** Which keys open the small window from wherever one is; nothing for none. */
  get quickKeys(): string | null {
    return this.#kept.quickKeys === NO_KEYS ? null : (this.#kept.quickKeys ?? QUICK_KEYS[0]);
  }
  set quickKeys(keys: string | null) {
    this.#keep({ quickKeys: keys ?? NO_KEYS });
  }

  /** Whether there is a sign in the system's bar. */
  get hasTray(): boolean {
    return this.#kept.tray ?? false;
  }
  set hasTray(tray: boolean) {
    this.#keep({ tray });
  }

  /** Whether the system says that a long run has ended; nothing while the person has not said. */
  get notices(): boolean | null {
    return this.#kept.notices ?? null;
  }
  set notices(notices: boolean) {
    this.#keep({ notices });
  }

  /** Follows what is chosen in another window of this program. What comes back stops that. */
  followOthers(): () => void {
    const look = ({ key }: StorageEvent): void => {
      if (key !== KEY) return;
      this.#kept = read(this.#storage);
      this.#apply();
    };
    addEventListener('storage', look);
    return () => removeEventListener('storage', look);
  }

  #keep(change: Kept): void {
    Object.assign(this.#kept, change);
    this.#apply();
    try {
      this.#storage?.setItem(KEY, JSON.stringify(this.#kept));
    } catch {
      // A full or forbidden store costs the memory of a choice, not the choice.
    }
  }

  /** Tells the page: fonts follow `lang`, colours follow `data-theme` and `data-contrast`. */
  #apply(): void {
    words.language = this.language;
    const { dataset, style } = document.documentElement;
    document.documentElement.lang = this.language;
    const { theme } = this;
    if (theme === 'system') delete dataset['theme'];
    else dataset['theme'] = theme.endsWith('dark') ? 'dark' : 'light';
    const isAsked = theme === 'system' && contrastIsAsked();
    if (isAsked || theme.startsWith('contrast')) dataset['contrast'] = 'more';
    else delete dataset['contrast'];
    style.setProperty('--text-scale', String(this.textSize / USUAL_SIZE));
    this.#watchRoom();
  }

  #watchRoom(): void {
    this.#forgetRoom();
    const least = Math.round((ROOMY_PX * this.textSize) / USUAL_SIZE);
    const room = globalThis.matchMedia?.(`(min-width: ${least}px)`);
    if (!room) return;
    const look = (): void => void (this.#isRoomy = room.matches);
    look();
    room.addEventListener('change', look);
    this.#forgetRoom = () => room.removeEventListener('change', look);
  }
}

/** Whether the system asks for more contrast. */
const contrastIsAsked = (): boolean => globalThis.matchMedia?.(CONTRAST).matches ?? false;

const areNames = (names: unknown): names is string[] =>
  Array.isArray(names) && names.every((name) => typeof name === 'string');

const areKeys = (keys: unknown): keys is string =>
  keys === NO_KEYS || QUICK_KEYS.some((one) => one === keys);

/** What was kept, as far as it still makes sense. */
function read(storage: Storage | undefined): Kept {
  try {
    const kept = JSON.parse(storage?.getItem(KEY) ?? '{}') as Kept;
    return {
      ...(LANGUAGES.includes(kept.language as Language) && { language: kept.language }),
      ...(THEMES.includes(kept.theme as Theme) && { theme: kept.theme }),
      ...(TEXT_SIZES.includes(kept.textSize as number) && { textSize: kept.textSize }),
      ...(typeof kept.history === 'boolean' && { history: kept.history }),
      ...(areNames(kept.favourites) && { favourites: kept.favourites }),
      ...(areNames(kept.recent) && { recent: kept.recent }),
      ...(areKeys(kept.quickKeys) && { quickKeys: kept.quickKeys }),
      ...(typeof kept.tray === 'boolean' && { tray: kept.tray }),
      ...(typeof kept.notices === 'boolean' && { notices: kept.notices }),
    };
  } catch {
    return {};
  }
}
