/**
 * Moves by hand: on the board or by keyboard. One that is played is the next question; or one plays
 * on against the engine, takes back, and asks when one wants to know.
 */
import type { Dests, Key } from 'chessground/types';
import { asFault } from '../backend/backend';
import type { ChessMove, ChessPosition } from '../backend/bindings';
import type { Desk } from '../desk.svelte';
import { help } from '../errors/table';
import { t } from '../i18n/words.svelte';
import { copyText } from '../result/copy';
import type { ChessController } from './chess.svelte';

/** What a move that is played is for. */
export type Purpose = 'ask' | 'play';

/** Strengths in Elo that one can play against; the last is as strong as the engine can. */
export const STRENGTHS = ['1400', '1700', '2000', '2300', 'full'] as const;
export type Strength = (typeof STRENGTHS)[number];

export class NextMove {
  purpose = $state<Purpose>('ask');
  strength = $state<Strength>('1700');
  /** Whether the engine thinks about its reply. */
  isThinking = $state(false);
  /** What is wrong with the last move that was entered. */
  error = $state<string | null>(null);
  /** What was played on from the position asked about. */
  played = $state.raw<readonly ChessMove[]>([]);
  /** What is legal now, as the desk says. */
  position = $state.raw<ChessPosition | null>(null);
  readonly #desk: Desk;
  readonly #chess: ChessController;
  readonly #isOver: () => boolean;

  constructor(desk: Desk, chess: ChessController, isOver: () => boolean) {
    this.#desk = desk;
    this.#chess = chess;
    this.#isOver = isOver;
    $effect(() => {
      void this.#begin(chess.advice.fen);
    });
  }

  /** Whether a move can be played: where the board shows the position that moves are made in. */
  readonly isReady = $derived.by(
    () => this.#isOver() && !this.isThinking && this.position?.fen !== undefined && this.#isShown,
  );

  /** Where each piece may go. */
  readonly dests = $derived.by((): Dests | null => {
    if (!this.isReady || !this.position) return null;
    const dests: Dests = new Map();
    for (const { uci } of this.position.legal) {
      const [from, to] = [uci.slice(0, 2) as Key, uci.slice(2, 4) as Key];
      dests.set(from, [...(dests.get(from) ?? []), to]);
    }
    return dests;
  });

  get #isShown(): boolean {
    const { line, at, isHome } = this.#chess;
    if (this.played.length === 0) return isHome;
    return line?.ucis.length === this.played.length && at === this.played.length;
  }

  /** A piece was put down: of several promotions the queen is meant. */
  async moved(from: string, to: string): Promise<void> {
    const legal = this.position?.legal ?? [];
    const uci = [`${from}${to}`, `${from}${to}q`].find((move) =>
      legal.some((one) => one.uci === move),
    );
    if (uci) await this.play(uci);
  }

  /** Plays a move, as people or as engines write it. */
  async play(move: string): Promise<void> {
    const now = this.position;
    if (!now) return;
    this.error = null;
    try {
      const after = await this.#desk.backend.chessPosition(now.fen, [move]);
      if (this.purpose === 'ask') await this.#ask(after.fen);
      else await this.#playOn(after);
    } catch (reason) {
      const fault = asFault(reason);
      const isIllegal = fault.code === 'input-invalid';
      this.error = isIllegal ? t('chess.play.illegal', { move }) : help(fault);
    }
  }

  /** Takes back one's own last move with the reply to it. */
  async takeBack(): Promise<void> {
    const kept = this.played.slice(0, Math.max(0, this.played.length - 2));
    const moves = kept.map(({ uci }) => uci);
    this.position = await this.#desk.backend.chessPosition(this.#chess.advice.fen, moves);
    this.#show(kept);
  }

  /** Asks about the position that was reached. */
  async hint(): Promise<void> {
    if (this.position) await this.#ask(this.position.fen);
  }

  /** Asks about a move of the game, by its index. */
  async explain(index: number): Promise<void> {
    await this.#desk.ask({ ply: String(index) });
  }

  async copy(text: string): Promise<void> {
    const isCopied = await copyText(text);
    this.#desk.toasts.show(isCopied ? t('chess.copied') : t('chess.copy.failed'));
  }

  async #ask(fen: string): Promise<void> {
    await this.#desk.ask({ fen, pgn: '', move: '' });
  }

  async #playOn(after: ChessPosition): Promise<void> {
    this.#take(after);
    if (after.ending) return;
    this.isThinking = true;
    try {
      const elo = this.strength === 'full' ? null : Number(this.strength);
      this.#take(await this.#desk.backend.chessReply(after.fen, elo));
    } finally {
      this.isThinking = false;
    }
  }

  #take(position: ChessPosition): void {
    this.position = position;
    this.#show([...this.played, ...position.played]);
  }

  #show(played: readonly ChessMove[]): void {
    this.played = played;
    const line = {
      line: played.map(({ san }) => san),
      uci_line: played.map(({ uci }) => uci),
    };
    if (played.length > 0) this.#chess.follow(line, played.length);
    else this.#chess.home();
  }

  async #begin(fen: string): Promise<void> {
    this.position = null;
    this.played = [];
    try {
      const found = await this.#desk.backend.chessPosition(fen, []);
      if (this.#chess.advice.fen === fen) this.position = found;
    } catch {
      // Then the board is only to be looked at.
    }
  }
}
