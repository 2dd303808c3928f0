/** Advice for tests and for the scripted desk. */
import type { ChessHabits } from '../backend/bindings';
import { wholePly, type Advice, type Candidate, type ProvedFact } from './advice';

export const best: Candidate = {
  san: 'Nc7+',
  uci: 'd5c7',
  score: 520,
  line: ['Nc7+', 'Kd7', 'Nxa8'],
  uci_line: ['d5c7', 'e8d7', 'c7a8'],
  wdl: [980, 20, 0],
};

export const fork: ProvedFact = {
  kind: 'fork',
  text: 'White’s knight on c7 forks Black’s rook on a8 and Black’s king on e8.',
  squares: ['c7', 'a8', 'e8'],
  line: ['Nc7+'],
  uci_line: ['d5c7'],
};

export function adviceOf(some: Partial<Advice> = {}): Advice {
  return {
    fen: 'r3k3/8/8/3N4/8/8/8/4K3 w - - 0 1',
    move: { san: 'Nc7+', uci: 'd5c7' },
    candidates: [
      best,
      { san: 'Ke2', uci: 'e1e2', score: -40, line: ['Ke2'], uci_line: ['e1e2'], wdl: null },
    ],
    explanation:
      'The best move is Nc7+. White’s knight on c7 forks Black’s rook on a8 and Black’s king on e8.',
    facts: [fork],
    opening: null,
    game: [],
    start: '',
    turning_points: [],
    depth: 20,
    title: '',
    ply: null,
    game_number: 0,
    games: 0,
    accuracy: null,
    chess960: false,
    tags: [],
    preference: null,
    habits: null,
    draft: false,
    ...some,
  };
}

/** A short game that was reviewed: White walks into mate. */
export function reviewed(): Advice {
  const fens = [
    'rnbqkbnr/pppppppp/8/8/8/5P2/PPPPP1PP/RNBQKBNR b KQkq - 0 1',
    'rnbqkbnr/pppp1ppp/8/4p3/8/5P2/PPPPP1PP/RNBQKBNR w KQkq - 0 2',
    'rnbqkbnr/pppp1ppp/8/4p3/6P1/5P2/PPPPP2P/RNBQKBNR b KQkq - 0 2',
    'rnb1kbnr/pppp1ppp/8/4p3/6Pq/5P2/PPPPP2P/RNBQKBNR w KQkq - 1 3',
  ];
  const sans = ['f3', 'e5', 'g4', 'Qh4#'];
  const ucis = ['f2f3', 'e7e5', 'g2g4', 'd8h4'];
  const scores = [-40, -50, { mate: -1 }, null];
  return adviceOf({
    fen: 'rnbqkbnr/pppp1ppp/8/4p3/8/5P2/PPPPP1PP/RNBQKBNR w KQkq - 0 2',
    start: 'rnbqkbnr/pppppppp/8/8/8/8/PPPPPPPP/RNBQKBNR w KQkq - 0 1',
    title: 'Fool – Sage',
    opening: 'A00 Barnes Opening: Fool’s Mate',
    move: { san: 'd3', uci: 'd2d3' },
    candidates: [{ ...best, san: 'd3', uci: 'd2d3', score: -45, line: ['d3'], uci_line: ['d2d3'] }],
    facts: [],
    explanation: 'The best move is d3. g4 would be a mistake: it allows mate in 1, Qh4#.',
    game: sans.map((san, index) =>
      wholePly({
        san,
        uci: ucis[index] ?? '',
        fen: fens[index] ?? '',
        score: scores[index] ?? null,
        comment: index === 2 ? 'Oh no.' : '',
        variations: index === 1 ? [[{ san: 'c5', uci: 'c7c5', fen: fens[0] ?? '' }]] : [],
      }),
    ),
    turning_points: [
      {
        ply: 2,
        better: { san: 'd3', uci: 'd2d3' },
        loss: 1000,
        reason: 'g4 would be a mistake: it allows mate in 1, g4 Qh4#.',
        line: ['d3', 'd5'],
      },
    ],
    accuracy: { white: 31, black: 99 },
    ply: 2,
  });
}

/** What somebody does wrong again and again. */
export function habitsOf(): ChessHabits {
  return {
    player: 'Fool',
    games: 12,
    looked: 9,
    unread: 0,
    moves: 260,
    mistakes: 5,
    accuracy: 71,
    themes: [
      {
        kind: 'allows-mate',
        title: 'A mate is allowed',
        count: 3,
        games: 2,
        phases: [2, 1, 0],
        examples: [
          {
            game: 4,
            title: 'Fool – Sage',
            ply: 2,
            fen: 'rnbqkbnr/pppp1ppp/8/4p3/8/5P2/PPPPP1PP/RNBQKBNR w KQkq - 0 2',
            played: { san: 'g4', uci: 'g2g4' },
            better: { san: 'd3', uci: 'd2d3' },
            loss: 1000,
            reason: 'g4 would be a mistake: it allows mate in 1, g4 Qh4#.',
            line: ['g4', 'Qh4#'],
            uci_line: ['g2g4', 'd8h4'],
          },
        ],
      },
    ],
  };
}
