/**
 * First letters of pinyin, by which Chinese is found from a Latin keyboard: 问数据库 is wsjk.
 *
 * There is no table: the system sorts Chinese by pinyin, and the first character of each letter in
 * that order says where the letter begins. A character with several readings has the one it is
 * sorted by. Where the system cannot sort so, nothing is found this way.
 */
const BOUNDS: readonly (readonly [string, string])[] = [
  ['阿', 'a'],
  ['八', 'b'],
  ['嚓', 'c'],
  ['咑', 'd'],
  ['妸', 'e'],
  ['发', 'f'],
  ['旮', 'g'],
  ['哈', 'h'],
  ['丌', 'j'],
  ['咔', 'k'],
  ['垃', 'l'],
  ['妈', 'm'],
  ['拏', 'n'],
  ['噢', 'o'],
  ['妑', 'p'],
  ['七', 'q'],
  ['呥', 'r'],
  ['仨', 's'],
  ['他', 't'],
  ['屲', 'w'],
  ['夕', 'x'],
  ['丫', 'y'],
  ['帀', 'z'],
];
const HAN = /\p{Script=Han}/u;

let order: Intl.Collator | undefined;

function letterOf(character: string): string {
  if (!HAN.test(character)) return /[a-z0-9]/i.test(character) ? character.toLowerCase() : '';
  order ??= new Intl.Collator('zh-Hans-u-co-pinyin');
  const collator = order;
  const last = BOUNDS.findLast(([bound]) => collator.compare(bound, character) <= 0);
  return last?.[1] ?? '';
}

/** The first letter of each character; other signs are left out. */
export const initials = (text: string): string => [...text].map(letterOf).join('');
