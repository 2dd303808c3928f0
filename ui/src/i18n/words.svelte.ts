/** The language in use, and `t`: the one way to words. Whoever calls it in markup follows changes. */
import type { Localized } from '../backend/bindings';
import { en } from './en';
import {
  fill,
  languageFor,
  type Catalogue,
  type Key,
  type Language,
  type Params,
  type Rest,
} from './message';
import { zhHans } from './zh-Hans';
import { zhHant } from './zh-Hant';

export const catalogues: Record<Language, Catalogue> = { en, 'zh-Hant': zhHant, 'zh-Hans': zhHans };

class Words {
  language = $state<Language>(languageFor(globalThis.navigator?.language ?? 'en'));
}

/** The language in use. Set it through Preferences, which also keeps it. */
export const words = new Words();

/** The message of that key in the language in use. */
export function t<K extends Key>(key: K, ...[params]: Rest<K>): string {
  return fill(catalogues[words.language][key], params ?? {}, words.language);
}

/** As `t`, for a key from a table and values from afar, which no type can hold together. */
export function tFrom(key: Key, params: Params): string {
  return fill(catalogues[words.language][key], params, words.language);
}

/** The catalogue's words for a name made at run time, or the fallback. */
export function tName(prefix: string, name: string, fallback: string): string {
  const key = `${prefix}.${name}`;
  return Object.hasOwn(en, key) ? tFrom(key as Key, {}) : fallback;
}

/** The text in the language in use. */
export function local(text: Localized): string {
  return text[words.language];
}
