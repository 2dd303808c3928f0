/**
 * Moves by hand: on the board or by keyboard. One that is played is the next question; or one plays
 * on against the engine, takes back, and asks when one wants to know; or one writes moves down.
 */
import type { Dests, Key } from 'chessground/types';
import { asFault } from '../backend/backend';
import type { ChessMistake, ChessPosition } from '../backend/bindings';
import type { Desk } from '../desk.svelte';
import { heading, help } from '../errors/table';
import { t } from '../i18n/words.svelte';
import { copyText } from '../result/copy';
import { utf8 } from '../result/bytes';
import { TakeAway } from '../result/takeAway.svelte';
import type { ChessController, Made } from './chess.svelte';

/** What a move that is played is for. */
export type Purpose = 'ask' | 'play' | 'note';

/** Strengths in Elo that one can play against; the last is as strong as the engine can. */
export const STRENGTHS = ['1400', '1700', '2000', '2300', 'full'] as const;
export type Strength = (typeof STRENGTHS)[number];

/** How long the engine looks when it is to look longer. */
const LONGER_MS = 10_000;

export class NextMove {
  purpose = $state<Purpose>('ask');
  strength = $state<Strength>('1700');
  /** Whether the engine thinks about its reply. */
  isThinking = $state(false);
  /** What is wrong with the last move that was entered. */
  error = $state<string | null>(null);
  /** What was played on from the position asked about. */
  played = $state.raw<readonly Made[]>([]);
  /** What is legal where moves are made, as the desk says. */
  position = $state.raw<ChessPosition | null>(null);
  /** What is legal where moves are written down: wherever the board stands. */
  #noted = $state.raw<ChessPosition | null>(null);
  readonly #desk: Desk;
  readonly #chess: ChessController;
  readonly #isOver: () => boolean;
  /** The position asked about: the same while other things about it change. */
  readonly #asked = $derived.by(() => this.#chess.advice.fen);

  constructor(desk: Desk, chess: ChessController, isOver: () => boolean) {
    this.#desk = desk;
    this.#chess = chess;
    this.#isOver = isOver;
    $effect(() => {
      if (isOver()) void this.#begin(this.#asked);
    });
    $effect(() => {
      if (this.purpose === 'note' && !chess.line) void this.#look(chess.fen);
    });
  }

  /** The position that a move by hand is made in. */
  readonly now = $derived.by(() => (this.purpose === 'note' ? this.#noted : this.position));

  /** Whether a move can be played: where the board shows the position that moves are made in. */
  readonly isReady = $derived.by(
    () => this.#isOver() && !this.isThinking && this.now !== null && this.#isShown,
  );

  /** Where each piece may go. */
  readonly dests = $derived.by((): Dests | null => {
    if (!this.isReady || !this.now) return null;
    const dests: Dests = new Map();
    for (const { uci } of this.now.legal) {
      const [from, to] = [uci.slice(0, 2) as Key, uci.slice(2, 4) as Key];
      dests.set(from, [...(dests.get(from) ?? []), to]);
    }
    return dests;
  });

  get #isShown(): boolean {
    const { line, at, isHome, fen } = this.#chess;
    if (this.purpose === 'note') return line === null && this.#noted?.fen === fen;
    if (this.played.length === 0) return isHome;
    return line?.ucis.length === this.played.length && at === this.played.length;
  }

  /** Chooses what moves are for; they are written down in the game, not in a line that is played through. */
  choose(purpose: Purpose): void {
    this.purpose = purpose;
    this.error = null;
    if (purpose === 'note' && this.#chess.line) this.#chess.home();
  }

  /** A piece was put down: of several promotions the queen is meant. */
  async moved(from: string, to: string): Promise<void> {
    const legal = this.now?.legal ?? [];
    const uci = [`${from}${to}`, `${from}${to}q`].find((move) =>
      legal.some((one) => one.uci === move),
    );
    if (uci) await this.play(uci);
  }

  /** Plays a move, as people or as engines write it. */
  async play(move: string): Promise<void> {
    const now = this.now;
    if (!now) return;
    this.error = null;
    try {
      const after = await this.#desk.backend.chessPosition(now.fen, [move]);
      if (this.purpose === 'ask') await this.#ask(after.fen);
      else if (this.purpose === 'note') this.#note(after);
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

  /** Asks about a move of the game, by its index; with what was written down, where something was. */
  async explain(index: number): Promise<void> {
    const { advice, isEdited } = this.#chess;
    const ply = String(index);
    if (isEdited) await this.#desk.ask({ pgn: await this.#pgn(), fen: '', ply });
    else await this.#desk.ask({ ply, game: String(Math.max(1, advice.game_number)) });
  }

  /** Asks the same once more and lets the engine look longer; its lines are seen meanwhile. */
  async deeper(): Promise<void> {
    const { advice } = this.#chess;
    const changes: Record<string, string> = { movetime_ms: String(LONGER_MS) };
    if (advice.game.length > 0) changes['ply'] = String(advice.ply ?? 0);
    if (advice.game_number > 1) changes['game'] = String(advice.game_number);
    await this.#desk.ask(changes);
  }

  /** Asks about another of the games that were given. */
  async another(game: number): Promise<void> {
    await this.#desk.ask({ game: String(game) });
  }

  /** Asks about a mistake of a report. */
  async about({ fen, played }: ChessMistake): Promise<void> {
    await this.#desk.ask({ fen, pgn: '', move: played.san });
  }

  /** Asks again, with another bound to what a move of one's own games may give away. */
  async withMargin(margin: string): Promise<void> {
    const inputs: Record<string, string> = this.#desk.runs.shown?.inputs ?? {};
    await this.#desk.ask({ margin, ply: inputs['ply'] ?? '', game: inputs['game'] ?? '' });
  }

  async copyPgn(): Promise<void> {
    try {
      await this.copy(await this.#pgn());
    } catch (reason) {
      this.#desk.toasts.show(heading(asFault(reason)));
    }
  }

  /** Saves the game with its variations, comments and everything that was found out. */
  async savePgn(): Promise<void> {
    const taking = new TakeAway(this.#desk, () => this.#chess.advice.title || t('chess.game'));
    await taking.saveBytes(async () => utf8(await this.#pgn()), 'pgn');
    if (taking.fault) this.#desk.toasts.show(heading(taking.fault));
  }

  async #pgn(): Promise<string> {
    return this.#desk.backend.chessPgn(this.#chess.takenAway());
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

  #note(after: ChessPosition): void {
    const [move] = after.played;
    if (!move) return;
    this.#chess.note({ ...move, fen: after.fen });
    this.#noted = after;
  }

  #take(position: ChessPosition): void {
    this.position = position;
    const made = position.played.map((move) => ({ ...move, fen: position.fen }));
    this.#show([...this.played, ...made]);
    this.#chess.keep(this.played);
  }

  #show(played: readonly Made[]): void {
    this.played = played;
    const line = {
      line: played.map(({ san }) => san),
      uci_line: played.map(({ uci }) => uci),
    };
    if (played.length > 0) this.#chess.follow(line, played.length);
    else this.#chess.home();
  }

  async #look(fen: string): Promise<void> {
    if (this.#noted?.fen === fen) return;
    try {
      const found = await this.#desk.backend.chessPosition(fen, []);
      if (this.#chess.fen === fen) this.#noted = found;
    } catch {
      this.#noted = null;
    }
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
