import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import type { ChessPosition } from '../backend/bindings';
import { answered } from '../backend/scripted/plays';
import { fault } from '../backend/scripted/fault';
import type { Script } from '../backend/scripted/scripted';
import { expectAccessible, openWindow, type Opened } from '../testing/desk';
import { TestId } from '../testids';
import type { Advice } from './advice';
import { wholePly } from './advice';
import { adviceOf, habitsOf, reviewed } from './testing';

const get = (id: string): HTMLElement => screen.getByTestId(id);
const START = 'rnbqkbnr/pppppppp/8/8/8/8/PPPPPPPP/RNBQKBNR w KQkq - 0 1';

/** The desk knows one move, Nc7+, and the engine one reply. */
function chess(fen: string, moves: string[]): ChessPosition {
  if (moves[0] === 'Qh5') throw fault('input-invalid', 'Qh5 cannot be played here.');
  const isPlayed = moves.length > 0;
  return {
    fen: isPlayed ? 'r3k3/2N5/8/8/8/8/8/4K3 b - - 1 1' : fen,
    legal: [{ san: 'Nc7+', uci: 'd5c7' }],
    played: isPlayed ? [{ san: 'Nc7+', uci: 'd5c7' }] : [],
    check: false,
    ending: null,
  };
}

async function shown(advice: Advice = adviceOf(), script: Script = {}): Promise<Opened> {
  const opened = await openWindow({
    chess,
    play: (run, request) => {
      const play = answered(run, request);
      return { ...play, report: { ...play.report, artifact: { kind: 'chess', ...advice } } };
    },
    ...script,
  });
  await opened.user.click(screen.getAllByTestId(TestId.exampleChip)[0] as HTMLElement);
  await opened.user.click(get(TestId.runButton));
  await screen.findByTestId(TestId.chessBoard);
  return opened;
}

const board = (): string | undefined => get(TestId.chessBoard).dataset['fen']?.split(' ')[0];

describe('advice on a position', () => {
  it('shows the board, the move and its reason, and can be used by ear', async () => {
    const { page } = await shown();
    expect(board()).toBe('r3k3/8/8/3N4/8/8/8/4K3');
    expect(get(TestId.explanation).textContent).toContain('Nc7+');
    expect(get(TestId.chessSpoken).textContent).toContain('White: king e1, knight d5.');
    await expectAccessible(page.container);
  });

  it('plays a line on the board when one of its moves is pressed', async () => {
    const { user } = await shown();
    const candidate = screen.getAllByTestId(TestId.chessCandidate)[0] as HTMLElement;
    await user.click(within(candidate).getByText('Nxa8'));
    expect(board()).toBe('N7/3k4/8/8/8/8/8/4K3');
    expect(get(TestId.chessSpoken).textContent).toContain('Last move: Nxa8.');
  });

  it('lights up a fact', async () => {
    const { user } = await shown();
    const fact = get(TestId.chessFact);
    await user.click(fact);
    expect(fact.getAttribute('aria-pressed')).toBe('true');
  });

  it('goes through a game to where it turned', async () => {
    const { user } = await shown(
      adviceOf({
        start: START,
        game: [
          wholePly({ san: 'f3', uci: 'f2f3', fen: 'one w', score: 0 }),
          wholePly({ san: 'e5', uci: 'e7e5', fen: 'two b', score: 40 }),
        ],
        turning_points: [
          {
            ply: 0,
            better: { san: 'e4', uci: 'e2e4' },
            loss: 60,
            reason: 'It weakens the king.',
            line: [],
          },
        ],
        accuracy: { white: 61, black: 97 },
        ply: 2,
      }),
    );
    await user.click(get(TestId.chessTurn));
    expect(get(TestId.chessBoard).dataset['fen']).toBe('one w');
    expect(screen.getByText(/White 61 %, Black 97 %/)).toBeTruthy();
  });
});

describe('a game with variations', () => {
  it('shows them with what is said of moves, and is heard', async () => {
    const { page, user } = await shown(reviewed());
    const moves = within(get(TestId.chessMoves));
    expect(moves.getByText('Oh no.')).toBeTruthy();
    const variation = within(moves.getByRole('list', { name: 'A variation' }));
    await user.click(variation.getByText('c5'));
    expect(get(TestId.chessSpoken).textContent).toContain('Last move: c5.');
    await expectAccessible(page.container);
  });

  it('is taken away with what was found out', async () => {
    const { user, backend } = await shown(reviewed());
    await user.click(get(TestId.chessSave));
    await waitFor(() => expect(backend.saved).toHaveLength(1));
    expect(backend.saved[0]?.path).toMatch(/\.pgn$/);
    expect(backend.takenGames[0]?.turning_points).toHaveLength(1);
  });
});

describe('mistakes that come again', () => {
  it('are told by theme, and shown on the board', async () => {
    const { page, user } = await shown(adviceOf({ habits: habitsOf() }));
    const theme = get(TestId.chessTheme);
    expect([theme.dataset['kind'], theme.dataset['count']]).toEqual(['allows-mate', '3']);
    await user.click(get(TestId.chessMistake));
    expect(board()).toBe('rnbqkbnr/pppp1ppp/8/4p3/8/5P2/PPPPP1PP/RNBQKBNR');
    expect(screen.getByText(/it allows mate in 1/)).toBeTruthy();
    await expectAccessible(page.container);
  });
});

describe('a move by hand', () => {
  it('is the next question', async () => {
    const { user, backend } = await shown();
    await waitFor(() => expect(get(TestId.chessMove)).toHaveProperty('disabled', false));
    await user.type(get(TestId.chessMove), 'Nc7+{Enter}');
    await waitFor(() => expect(backend.requests).toHaveLength(2));
    expect(backend.requests[1]?.inputs['fen']).toBe('r3k3/2N5/8/8/8/8/8/4K3 b - - 1 1');
  });

  it('is refused where it is not legal', async () => {
    const { user, backend } = await shown();
    await waitFor(() => expect(get(TestId.chessMove)).toHaveProperty('disabled', false));
    await user.type(get(TestId.chessMove), 'Qh5{Enter}');
    expect((await screen.findByRole('alert')).textContent).toBe('Qh5 is not a legal move here.');
    expect(backend.requests).toHaveLength(1);
  });

  it('is written down where the board stands, with what one says of it', async () => {
    const { user, backend } = await shown();
    get(TestId.chessPurpose).focus();
    await user.keyboard('{Enter}');
    const option = await waitFor(
      () =>
        document.querySelector<HTMLElement>("[role='option'][data-value='note']") ??
        expect.unreachable('there is no such choice'),
    );
    await user.click(option);
    await waitFor(() => expect(get(TestId.chessMove)).toHaveProperty('disabled', false));
    await user.type(get(TestId.chessMove), 'Nc7+{Enter}');
    await waitFor(() => expect(board()).toBe('r3k3/2N5/8/8/8/8/8/4K3'));
    await user.type(get(TestId.chessComment), 'a fork{Tab}');
    expect(within(get(TestId.chessMoves)).getByText('a fork')).toBeTruthy();
    await user.click(get(TestId.chessSave));
    await waitFor(() => expect(backend.takenGames[0]?.game?.[0]?.comment).toBe('a fork'));
    expect(backend.requests).toHaveLength(1);
    await user.click(get(TestId.chessForget));
    expect(board()).toBe('r3k3/8/8/3N4/8/8/8/4K3');
  });
});
