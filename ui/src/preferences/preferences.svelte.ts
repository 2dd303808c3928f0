/** What the person likes: language, appearance, whether history is open. Kept in this window. */
import { languageFor, LANGUAGES, type Language } from '../i18n/message';
import { words } from '../i18n/words.svelte';

export type Theme = 'system' | 'light' | 'dark';
export const THEMES: readonly Theme[] = ['system', 'light', 'dark'];

interface Kept {
  language?: Language;
  theme?: Theme;
  history?: boolean;
  favourites?: string[];
  recent?: string[];
}

const KEY = 'deskhand.preferences';
/** Below this there is no room for history beside the work. */
const ROOMY = '(min-width: 1080px)';

export class Preferences {
  #kept = $state<Kept>({});
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

  get isHistoryOpen(): boolean {
    return this.#kept.history ?? globalThis.matchMedia?.(ROOMY).matches ?? true;
  }
  set isHistoryOpen(history: boolean) {
    this.#keep({ history });
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

  #keep(change: Kept): void {
    Object.assign(this.#kept, change);
    this.#apply();
    try {
      this.#storage?.setItem(KEY, JSON.stringify(this.#kept));
    } catch {
      // A full or forbidden store costs the memory of a choice, not the choice.
    }
  }

  /** Tells the page: fonts follow `lang`, colours follow `data-theme`. */
  #apply(): void {
    words.language = this.language;
    document.documentElement.lang = this.language;
    if (this.theme === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = this.theme;
  }
}

const areNames = (names: unknown): names is string[] =>
  Array.isArray(names) && names.every((name) => typeof name === 'string');

/** What was kept, as far as it still makes sense. */
function read(storage: Storage | undefined): Kept {
  try {
    const kept = JSON.parse(storage?.getItem(KEY) ?? '{}') as Kept;
    return {
      ...(LANGUAGES.includes(kept.language as Language) && { language: kept.language }),
      ...(THEMES.includes(kept.theme as Theme) && { theme: kept.theme }),
      ...(typeof kept.history === 'boolean' && { history: kept.history }),
      ...(areNames(kept.favourites) && { favourites: kept.favourites }),
      ...(areNames(kept.recent) && { recent: kept.recent }),
    };
  } catch {
    return {};
  }
}
