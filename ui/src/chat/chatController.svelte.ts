/** A conversation with one assistant: what was said, what is being said, and its other branches. */
import type { Artifact, Description } from '../backend/bindings';
import { t } from '../i18n/words.svelte';
import type { EndedRun, RunController } from '../run/runController.svelte';
import { Turn } from './turn.svelte';

/** The hidden input that carries what was said before. */
const HISTORY = 'history';

/** Whether an assistant talks, and so is given what was said before. */
export const isConversation = ({ inputs }: Description): boolean =>
  inputs.some(({ name, hidden }) => hidden && name === HISTORY);

interface Said {
  readonly role: 'user' | 'assistant';
  readonly text: string;
}

export class ChatController {
  readonly description: Description;
  /** The name of the input for what the person says. */
  readonly field: string;
  root = $state.raw(new Turn('assistant', '', null));
  /** The answer that is being written. */
  pending = $state.raw<Turn | null>(null);
  readonly turns = $derived.by(() => this.root.after);

  readonly #runs: RunController;
  readonly #modelOf: () => string | null;

  constructor(description: Description, runs: RunController, modelOf: () => string | null) {
    this.description = description;
    this.#runs = runs;
    this.#modelOf = modelOf;
    this.field = description.inputs.find(({ hidden }) => !hidden)?.name ?? 'text';
  }

  /** Says something after what is shown. Whether the desk took it. */
  async say(text: string): Promise<boolean> {
    return this.#ask((this.turns.at(-1) ?? this.root).add('user', text.trim()));
  }

  /** Says it in another way from there on; what followed is kept beside it. */
  async rephrase(turn: Turn, text: string): Promise<boolean> {
    return this.#ask((turn.parent ?? this.root).add('user', text.trim()));
  }

  /** Asks for another answer. */
  async again(answer: Turn): Promise<boolean> {
    return answer.parent ? this.#ask(answer.parent) : false;
  }

  /** Lets an answer that broke off go on. */
  async goOn(): Promise<boolean> {
    return this.say(t('chat.go-on.words'));
  }

  /** Takes in how a run of this assistant ended. */
  ended({ report, partial }: EndedRun): void {
    const turn = this.pending;
    if (!turn || (turn.run !== null && turn.run !== report.run)) return;
    this.pending = null;
    turn.run = report.run;
    fill(turn, report.artifact, partial);
    turn.fault = report.error;
    turn.standing =
      report.status === 'done' ? 'done' : report.status === 'cancelled' ? 'stopped' : 'failed';
  }

  /** Shows a run from history: where it is in this conversation, or as one of its own. */
  restore(ended: EndedRun): void {
    const here = this.root.find(ended.report.run);
    if (here) return here.show();
    const root = new Turn('assistant', '', null);
    let last = root;
    for (const { role, text } of saidIn(ended.inputs[HISTORY] ?? '')) last = last.add(role, text);
    const answer = last.add('user', ended.inputs[this.field] ?? '').add('assistant', '');
    this.root = root;
    this.pending = answer;
    this.ended(ended);
  }

  clear(): void {
    this.root = new Turn('assistant', '', null);
    this.pending = null;
  }

  async #ask(question: Turn): Promise<boolean> {
    if (this.#runs.live || question.text === '') return false;
    const answer = question.add('assistant', '');
    answer.standing = 'live';
    this.pending = answer;
    const before = this.#fitting([...question.before].map(({ role, text }) => ({ role, text })));
    await this.#runs.start({
      assistant: this.description.id,
      inputs: {
        [this.field]: question.text,
        ...(before.length > 0 && { [HISTORY]: JSON.stringify(before) }),
      },
      model: this.#modelOf(),
    });
    const { live, refusal } = this.#now();
    if (live && answer.standing === 'live') answer.run = live.id;
    if (refusal && this.pending === answer) {
      this.pending = null;
      answer.standing = 'failed';
      answer.fault = refusal;
      this.#runs.refusal = null;
    }
    return !refusal;
  }

  #now(): Pick<RunController, 'live' | 'refusal'> {
    return this.#runs;
  }

  /** As much of what was said last as the input takes. */
  #fitting(said: Said[]): Said[] {
    const room = this.description.inputs.find(({ name }) => name === HISTORY)?.max_chars ?? 0;
    let kept = said.filter(({ text }) => text !== '');
    while (kept.length > 0 && [...JSON.stringify(kept)].length > room) kept = kept.slice(2);
    return kept;
  }
}

function fill(turn: Turn, artifact: Artifact | null, partial: string | null): void {
  if (artifact?.kind === 'text') turn.text = artifact.text;
  else if (artifact?.kind === 'code') turn.text = artifact.code;
  else turn.text = partial ?? '';
}

/** What was said before, as far as it can be read. */
function saidIn(history: string): Said[] {
  try {
    const said: unknown = JSON.parse(history || '[]');
    return Array.isArray(said) ? said.filter(isSaid) : [];
  } catch {
    return [];
  }
}

function isSaid(one: unknown): one is Said {
  const { role, text } = (one ?? {}) as Partial<Said>;
  return (role === 'user' || role === 'assistant') && typeof text === 'string';
}
