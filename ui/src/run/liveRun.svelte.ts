/** A run that is under way, as its events tell it. */
import type { RunRequest } from '../backend/backend';
import type {
  Artifact,
  ArtifactKind,
  Check,
  ModelState,
  RunEvent,
  RunId,
  RunReport,
} from '../backend/bindings';
import { isMore, stepper, type SeenStage } from './stepper';

const TICK_MS = 1000;

export class LiveRun {
  readonly request: RunRequest;
  readonly startedAt = new Date();

  /** Unknown for the moment between the press and the desk's answer. */
  id = $state<RunId | null>(null);
  stages = $state<SeenStage[]>([]);
  /** What the model has written of the present draft. */
  text = $state('');
  /** What the model does before it writes; nothing once it has begun. */
  model = $state.raw<ModelState | null>(null);
  /** How much of a file is loaded, in hundredths; nothing when that is not what takes time. */
  loaded = $state<number | null>(null);
  /** What was found about the last draft. */
  checks = $state.raw<Check[]>([]);
  /** What the steps that are complete amount to, or what is seen before the first is. */
  part = $state.raw<Artifact | null>(null);
  isStopping = $state(false);
  wasRestarted = $state(false);
  elapsedMs = $state(0);

  /** What it makes. */
  readonly kind: ArtifactKind;
  readonly isGiven: boolean;
  readonly steps = $derived.by(() => stepper(this.stages, this));
  readonly current = $derived.by(() => this.stages.at(-1) ?? null);
  #clock: ReturnType<typeof setInterval>;

  constructor(request: RunRequest, kind: ArtifactKind) {
    this.request = request;
    this.kind = kind;
    this.isGiven = 'sql' in request.inputs;
    this.#clock = setInterval(() => {
      this.elapsedMs = Date.now() - this.startedAt.getTime();
    }, TICK_MS);
  }

  /** Takes one event in; gives the report when it was the last. */
  take(event: RunEvent): RunReport | null {
    switch (event.type) {
      case 'stage':
        this.#enter(event);
        break;
      case 'grounding':
        this.loaded = event.percent;
        break;
      case 'glimpse':
        this.part = event.artifact;
        break;
      case 'model':
        this.model = event.state;
        break;
      case 'token':
        this.model = null;
        this.text += event.text;
        break;
      case 'restarted':
        this.wasRestarted = true;
        this.text = '';
        break;
      case 'checked':
        this.checks = event.checks;
        this.#settle(event.accepted ? 'done' : 'failed');
        break;
      case 'part':
        this.part = event.artifact;
        this.text = '';
        // The stages of the next step are the stages that were seen already.
        this.stages = this.stages.filter(({ stage }) => stage === 'ground');
        break;
      case 'ended':
        this.close();
        return event.report;
    }
    return null;
  }

  /** Ends the clock. */
  close(): void {
    clearInterval(this.#clock);
  }

  #enter({ stage, attempt }: { stage: SeenStage['stage']; attempt: number }): void {
    if (this.current?.state === 'active') this.#settle('done');
    this.model = null;
    this.loaded = null;
    this.stages.push({ stage, attempt, state: 'active' });
    // What is on the screen stays while more candidates are asked for beside it.
    if (stage === 'draft' && !isMore(this.stages, this.stages.length - 1)) {
      this.text = '';
      this.wasRestarted = false;
    }
  }

  #settle(state: SeenStage['state']): void {
    const last = this.stages.at(-1);
    if (last) this.stages[this.stages.length - 1] = { ...last, state };
  }
}
