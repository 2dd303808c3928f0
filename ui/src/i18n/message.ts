/** The shape of a message and how it is filled in. No state: see `words.svelte.ts` for that. */
import type { en } from './en';

export type Language = 'en' | 'zh-Hant' | 'zh-Hans';
export const LANGUAGES: readonly Language[] = ['en', 'zh-Hant', 'zh-Hans'];

/** Each language in its own words, which are the same in every language. */
export const LANGUAGE_NAMES: Record<Language, string> = {
  en: 'English',
  'zh-Hant': '繁體中文',
  'zh-Hans': '简体中文',
};

/** Forms of a message by the plural rules of its language. */
export type Forms = { readonly one?: string; readonly other: string };
export type Message = string | Forms;
export type Key = keyof typeof en;
export type Catalogue = { readonly [key in Key]: Message };
export type Params = Readonly<Record<string, string | number>>;

type Slots<S> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Slots<Rest> : never;
type Source<K extends Key> = (typeof en)[K];
type Texts<M> = M extends string ? M : M extends Forms ? M[keyof M] : never;
/** The names that a message must be given, read from its English text. */
export type ParamsOf<K extends Key> = Slots<Texts<Source<K>>>;
/** What `t` takes after a key: nothing, or exactly the values which the message has slots for. */
export type Rest<K extends Key> = [ParamsOf<K>] extends [never]
  ? []
  : [params: { readonly [name in ParamsOf<K>]: string | number }];

/** Stands where a message has a slot and nobody gave a value for it. */
const UNKNOWN = '…';

export function fill(message: Message, params: Params, language: Language): string {
  const text = typeof message === 'string' ? message : form(message, params, language);
  return text.replace(/\{([\w-]+)\}/g, (_, name: string) => {
    const value = params[name];
    if (value === undefined) return UNKNOWN;
    return typeof value === 'number' ? new Intl.NumberFormat(language).format(value) : value;
  });
}

function form(forms: Forms, params: Params, language: Language): string {
  const rule = new Intl.PluralRules(language).select(Number(params['count'] ?? 0));
  return (rule === 'one' ? forms.one : undefined) ?? forms.other;
}

/** The app's language for what a browser or a system calls one. */
export function languageFor(tag: string): Language {
  const [base, ...rest] = tag.toLowerCase().split(/[-_]/);
  if (base !== 'zh') return 'en';
  if (rest.includes('hant')) return 'zh-Hant';
  if (rest.includes('hans')) return 'zh-Hans';
  return rest.some((part) => ['tw', 'hk', 'mo'].includes(part)) ? 'zh-Hant' : 'zh-Hans';
}
