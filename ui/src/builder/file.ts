/** An assistant's file while it is being made: pure steps from one state to the next. */
import type { Description, Field, FieldKind, Localized } from '../backend/bindings';
import type { PresetFile, Shot } from '../backend/presets';
import { LANGUAGES, type Language } from '../i18n/message';

const MOST_CHARS: Partial<Record<FieldKind, number>> = { 'long-text': 8000, table: 20_000 };

export const same = (text: string): Localized => ({ en: text, 'zh-Hant': text, 'zh-Hans': text });

/** An assistant that asks for one text and knows nothing yet. */
export function fresh(words: { title: string; label: string; button: string }): PresetFile {
  const inputs = [fieldOf('text', 'long-text', words.label, true)];
  return {
    version: 1,
    id: '',
    category: 'own',
    icon: 'sparkles',
    hue: 150,
    repair_limit: 2,
    title: same(words.title),
    description: same(''),
    button: same(words.button),
    prompt: { system: '', template: templateOf(inputs) },
    engine: { temperature: 0, max_tokens: 400, talk: 'stateless' },
    output: { artifact: 'text', format: 'plain', checks: [] },
    inputs,
    shots: [],
    examples: [],
  };
}

export function fieldOf(name: string, kind: FieldKind, label: string, required = false): Field {
  return {
    name,
    kind,
    label: same(label),
    placeholder: same(''),
    required,
    hidden: false,
    max_chars: MOST_CHARS[kind] ?? 500,
    extensions: [],
    options: [],
    default: '',
  };
}

/** The form that a file describes. */
export function descriptionOf(file: PresetFile): Description {
  return {
    id: file.id,
    category: file.category ?? 'own',
    title: file.title,
    description: file.description,
    icon: file.icon ?? 'sparkles',
    hue: file.hue ?? 0,
    button: file.button,
    artifact: file.output?.artifact ?? 'text',
    repair_limit: file.repair_limit ?? 2,
    inputs: file.inputs,
    examples: file.examples ?? [],
  };
}

/** A name from words: small letters, digits and hyphens, a letter first, unlike the others. */
export function nameFrom(words: string, taken: readonly string[], fallback: string): string {
  const plain = words
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 40);
  const base = plain || fallback;
  for (let count = 1; ; count++) {
    const name = count === 1 ? base : `${base}-${count}`;
    if (!taken.includes(name)) return name;
  }
}

/** The name of an input: as above, with the sign that templates allow. */
export const inputName = (words: string, taken: readonly string[]): string =>
  nameFrom(
    words,
    taken.map((name) => name.replaceAll('_', '-')),
    'field',
  ).replaceAll('-', '_');

/** What the model is told when nobody wrote a template: every field, each under its label. */
export function templateOf(inputs: readonly Field[]): string {
  const [only, ...rest] = inputs.filter(({ hidden }) => !hidden);
  if (!only) return '';
  if (rest.length === 0) return `{{ ${only.name} }}`;
  return [only, ...rest].map(({ name, label }) => `${label.en}: {{ ${name} }}`).join('\n');
}

/** The file with other inputs; a template that nobody wrote follows, and so do the examples. */
export function withInputs(file: PresetFile, inputs: readonly Field[]): PresetFile {
  const isUnwritten = file.prompt.template.trim() === templateOf(file.inputs).trim();
  const names = new Set(inputs.map(({ name }) => name));
  const kept = (shot: Shot): Shot => ({
    ...shot,
    input: Object.fromEntries(Object.entries(shot.input).filter(([name]) => names.has(name))),
  });
  return {
    ...file,
    inputs: [...inputs],
    shots: (file.shots ?? []).map(kept),
    prompt: isUnwritten ? { ...file.prompt, template: templateOf(inputs) } : file.prompt,
  };
}

/** The words of one language changed; languages that said the same follow. */
export function reworded(text: Localized, language: Language, words: string): Localized {
  const before = text[language];
  return Object.fromEntries(
    LANGUAGES.map((other) => [
      other,
      other === language || text[other] === before || text[other] === '' ? words : text[other],
    ]),
  ) as unknown as Localized;
}

/** The worked examples as rows: the inputs in their order, then the answer. */
export const rowsOf = ({ inputs, shots = [] }: PresetFile): string[][] =>
  shots.map(({ input, output }) => [
    ...inputs.filter(({ hidden }) => !hidden).map(({ name }) => input[name] ?? ''),
    output,
  ]);

export function shotsOf({ inputs }: PresetFile, rows: readonly (readonly string[])[]): Shot[] {
  const names = inputs.filter(({ hidden }) => !hidden).map(({ name }) => name);
  return rows.map((row) => ({
    input: Object.fromEntries(
      names.flatMap((name, index) => (row[index] ? [[name, row[index] ?? '']] : [])),
    ),
    output: row[names.length] ?? '',
  }));
}

/** As one that has no name of its own yet, the person's from now on. */
export const withoutId = (file: PresetFile): PresetFile => ({ ...file, id: '', category: 'own' });

const HISTORY = 'history';

/** With earlier turns told, which takes a hidden input for them, or without. */
export function withTalk(file: PresetFile, talk: 'stateless' | 'conversation'): PresetFile {
  const inputs = file.inputs.filter(({ name }) => name !== HISTORY);
  const carrier = { ...fieldOf(HISTORY, 'long-text', HISTORY), hidden: true, max_chars: 40_000 };
  return {
    ...file,
    engine: { ...file.engine, talk },
    inputs: talk === 'conversation' ? [...inputs, carrier] : inputs,
  };
}

/** The lines of a text that hold something. */
export const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
