/** What somebody thinks of a move, in PGN's numbers and as people write it. */
const SIGNS: Record<number, string> = {
  1: '!',
  2: '?',
  3: '!!',
  4: '??',
  5: '!?',
  6: '?!',
  7: '□',
  10: '=',
  13: '∞',
  14: '⩲',
  15: '⩱',
  16: '±',
  17: '∓',
  18: '+−',
  19: '−+',
  146: 'N',
};

/** The signs behind a move; numbers without a sign are left out. */
export const signsOf = (marks: readonly number[]): string =>
  marks.map((mark) => SIGNS[mark] ?? '').join('');
