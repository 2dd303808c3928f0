/** Finding an assistant by words, whatever language they are in. Pure. */
import type { Description, Localized } from '../backend/bindings';

/** Those that have every word of the query somewhere, the likeliest first. */
export function find(all: readonly Description[], query: string): Description[] {
  const words = folded(query).split(/\s+/).filter(Boolean);
  return all
    .map((one) => ({ one, score: scoreOf(one, words) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ one }) => one);
}

function scoreOf(one: Description, words: readonly string[]): number {
  const title = textOf(one.title);
  const rest = [
    one.id,
    textOf(one.description),
    textOf(one.button),
    ...one.inputs.map(({ label }) => textOf(label)),
    ...one.examples.map(({ label }) => textOf(label)),
  ].join('\n');
  const scores = words.map((word) => {
    if (title.split(/[\s\n]/).some((part) => part.startsWith(word))) return 8;
    if (title.includes(word)) return 5;
    if (one.id.includes(word)) return 4;
    return folded(rest).includes(word) ? 1 : 0;
  });
  return scores.includes(0) ? 0 : scores.reduce<number>((sum, score) => sum + score, 0);
}

const textOf = (text: Localized): string => folded(Object.values(text).join('\n'));

/** Without case and accents. */
const folded = (text: string): string =>
  text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
