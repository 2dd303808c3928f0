/** How well something that can be chosen fits what was typed. Pure. */
import { initials } from './pinyin';

export interface Sought {
  /** What is read. */
  readonly label: string;
  /** Other names for it, such as those in other languages. */
  readonly also?: readonly string[];
}

const HAN = /\p{Script=Han}/u;

/** Without case and accents. */
export const folded = (text: string): string =>
  text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** 0 where a word of the query is nowhere to be found; more is better. */
export function scoreOf({ label, also = [] }: Sought, query: string): number {
  const words = folded(query).split(/\s+/).filter(Boolean);
  const scores = words.map((word) =>
    Math.max(inName(folded(label), word), ...also.map((name) => inName(folded(name), word) * 0.6)),
  );
  return scores.includes(0) ? 0 : scores.reduce((sum, score) => sum + score, 0);
}

function inName(name: string, word: string): number {
  if (name.startsWith(word)) return 12;
  const at = name.indexOf(word);
  if (at > 0) return /[\s\-–—/(（]/.test(name[at - 1] ?? '') ? 10 : 7;
  if (firstLetters(name).includes(word)) return 6;
  return inOrder(name, word);
}

/** Of words their first letters, of Chinese those of its pinyin. */
function firstLetters(name: string): string {
  if (HAN.test(name)) return initials(name);
  return name
    .split(/[^\p{L}\p{N}]+/u)
    .map((word) => word[0] ?? '')
    .join('');
}

/** Letters that are there in this order, close together and beginning where a word does. */
function inOrder(name: string, word: string): number {
  if (word.length < 3) return 0;
  const begins = [...name.matchAll(/(?<![\p{L}\p{N}])[\p{L}\p{N}]/gu)].map(({ index }) => index);
  const isThere = begins.some((at) => {
    const gaps = gapsFrom(name, word, at);
    return gaps !== null && gaps <= word.length + 2;
  });
  return isThere ? 3 : 0;
}

/** How many letters of `name` are left out from `start` on to read `word`; nothing if it cannot be. */
function gapsFrom(name: string, word: string, start: number): number | null {
  let [at, gaps] = [start - 1, 0];
  for (const letter of word) {
    const next = name.indexOf(letter, at + 1);
    if (next < 0 || (at < start && next !== start)) return null;
    gaps += next - at - 1;
    at = next;
  }
  return gaps;
}
