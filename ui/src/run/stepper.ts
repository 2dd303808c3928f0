/** The stages of a run as a person reads them: a short line of steps, growing when it tries again. */
import type { ArtifactKind, Stage } from '../backend/bindings';
import type { Key } from '../i18n/message';

export type StepState = 'waiting' | 'active' | 'done' | 'failed';
export interface SeenStage {
  readonly stage: Stage;
  readonly attempt: number;
  readonly state: Exclude<StepState, 'waiting'>;
}
export interface StepLine {
  readonly stage: Stage;
  readonly attempt: number;
  readonly state: StepState;
  readonly words: Key;
}

const PLAN: readonly Stage[] = ['ground', 'draft', 'check'];

/** What is being made, and whether the person wrote the draft, so that nobody has to write. */
export interface Work {
  readonly kind: ArtifactKind;
  readonly isGiven: boolean;
}

export function stepper(seen: readonly SeenStage[], work: Work): StepLine[] {
  const lines = seen.map((step, index) => ({
    ...step,
    words: isMore(seen, index) ? ('stage.more' as const) : wordsOf(step.stage, step.attempt, work),
  }));
  const last = seen.at(-1);
  const ahead = PLAN.slice(last ? PLAN.indexOf(last.stage) + 1 : 0);
  const isOver = last?.stage === 'check' && last.state === 'failed';
  if (isOver) return lines;
  return [
    ...lines,
    ...ahead.map((stage) => ({
      stage,
      attempt: last?.attempt ?? 1,
      state: 'waiting' as const,
      words: wordsOf(stage, last?.attempt ?? 1, work),
    })),
  ];
}

/** Whether a draft adds candidates to those of the same attempt instead of beginning a new one. */
export function isMore(seen: readonly SeenStage[], index: number): boolean {
  const step = seen[index];
  return (
    step?.stage === 'draft' &&
    seen.slice(0, index).some(({ stage, attempt }) => stage === 'draft' && attempt === step.attempt)
  );
}

function wordsOf(stage: Stage, attempt: number, { kind, isGiven }: Work): Key {
  if (stage === 'ground') return `stage.ground.${kind}`;
  if (stage === 'check') return 'stage.check';
  if (isGiven) return 'stage.given';
  return attempt > 1 ? 'stage.again' : 'stage.draft';
}
