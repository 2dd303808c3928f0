/** A position in words, for whoever hears the window and does not see the board. */
import { t } from '../i18n/words.svelte';
import { placementOf, turnOf } from './moves';

const ORDER = ['k', 'q', 'r', 'b', 'n', 'p'] as const;

function side(fen: string, isWhite: boolean): string {
  const pieces = placementOf(fen);
  const named = ORDER.flatMap((role) => {
    const letter = isWhite ? role.toUpperCase() : role;
    const squares = [...pieces].filter(([, piece]) => piece === letter).map(([square]) => square);
    return squares.length > 0
      ? [
          t('chess.piece.at', {
            piece: t(`chess.piece.${role}`),
            squares: squares.sort().join(' '),
          }),
        ]
      : [];
  });
  const name = isWhite ? t('chess.white') : t('chess.black');
  return t('chess.side.has', { side: name, pieces: named.join(', ') });
}

/** Both sides' pieces, whose turn it is, and the last move where there was one. */
export function spoken(fen: string, lastSan: string | null): string {
  const turn = turnOf(fen) === 'white' ? t('chess.turn.white') : t('chess.turn.black');
  const last = lastSan ? [t('chess.last', { move: lastSan })] : [];
  return [...last, turn, side(fen, true), side(fen, false)].join(' ');
}
