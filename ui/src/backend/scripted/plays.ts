/** Runs written out beforehand: what the desk would tell, beat by beat. */
import type { RunRequest } from '../backend';
import type { Artifact, Check, Fault, QueryResult, RunEvent, RunReport } from '../bindings';
import { best, bestChecks, BEST_SQL } from './shop';

export interface Beat {
  /** Milliseconds since the beat before, at full pace. */
  readonly after: number;
  readonly event: RunEvent;
}
/** What happens in a run, up to its report; the report may still be cut short by a stop. */
export interface Play {
  readonly beats: readonly Beat[];
  readonly report: RunReport;
}

const MODEL = 'qwen2.5-coder-1.5b';

function report(run: string, request: RunRequest, change: Partial<RunReport>): RunReport {
  const isGiven = 'sql' in request.inputs;
  return {
    id: null,
    run,
    assistant: request.assistant,
    status: 'done',
    artifact: null,
    checks: [],
    confidence: null,
    repairs: 0,
    model: isGiven ? null : MODEL,
    tokens: isGiven
      ? { prompt: 0, cached: 0, output: 0 }
      : { prompt: 612, cached: 580, output: 74 },
    timings_ms: { total: isGiven ? 14 : 2310, first_token: isGiven ? null : 290, stages: {} },
    error: null,
    ...change,
  };
}

const stage = (name: 'ground' | 'draft' | 'check', attempt = 1, after = 250): Beat => ({
  after,
  event: { type: 'stage', stage: name, attempt },
});
const tokens = (text: string): Beat[] =>
  (text.match(/\s*\S{1,5}/g) ?? []).map((piece) => ({
    after: 45,
    event: { type: 'token', text: piece },
  }));
const checked = (checks: readonly Check[], attempt = 1): Beat => ({
  after: 350,
  event: {
    type: 'checked',
    attempt,
    checks: [...checks],
    accepted: checks.every(({ passed }) => passed),
  },
});

/** It goes well at the first draft. */
export function answered(run: string, request: RunRequest, query: QueryResult = best): Play {
  const given = request.inputs['sql'];
  const draft = given === undefined ? [stage('draft'), ...tokens(query.sql)] : [stage('draft')];
  return {
    beats: [stage('ground', 1, 40), ...draft, stage('check'), checked(bestChecks)],
    report: report(run, request, {
      artifact: { kind: 'query', ...query, sql: given ?? query.sql },
      checks: [...bestChecks],
      confidence: given === undefined ? 0.86 : null,
    }),
  };
}

/** A piece of work of any kind, made at the first draft. */
export function made(
  run: string,
  request: RunRequest,
  artifact: Artifact,
  { draft, checks, confidence = 0.9 }: { draft: string; checks: Check[]; confidence?: number },
): Play {
  return {
    beats: [
      stage('ground', 1, 40),
      stage('draft'),
      ...tokens(draft),
      stage('check'),
      checked(checks),
    ],
    report: report(run, request, { artifact, checks, confidence }),
  };
}

/** A piece of work that did not pass, with its draft. */
export function refused(
  run: string,
  request: RunRequest,
  artifact: Artifact,
  { draft, checks }: { draft: string; checks: Check[] },
): Play {
  const play = made(run, request, { ...artifact, draft: true }, { draft, checks });
  const check = checks.find((one) => !one.passed);
  return {
    ...play,
    report: {
      ...play.report,
      status: 'failed',
      confidence: null,
      repairs: 2,
      error: {
        code: 'not-sure',
        sentence: `None of the 3 drafts passed its checks: ${check?.detail ?? ''}.`,
        details: { drafts: '3', check: check?.name ?? '', reason: check?.detail ?? '' },
      },
    },
  };
}

const WRONG_SQL = BEST_SQL.replaceAll('o.total', 'o.amount');
const wrongChecks: readonly Check[] = [
  { name: 'parses', passed: true, detail: 'one SELECT' },
  { name: 'reads-only', passed: true, detail: 'reads customers, orders' },
  {
    name: 'names',
    passed: false,
    detail: 'no such column: o.amount (orders has total, discount, shipping)',
  },
];

/** There is an answer, but the drafts did not agree on it. */
export function doubted(run: string, request: RunRequest, query: QueryResult): Play {
  const play = answered(run, request, query);
  const confidence = 'sql' in request.inputs ? null : 0.5;
  return { ...play, report: { ...play.report, confidence } };
}

/** The first draft names a column that does not exist; the second is right. */
export function repaired(run: string, request: RunRequest): Play {
  const play = answered(run, request);
  if ('sql' in request.inputs) return play;
  return {
    beats: [
      stage('ground', 1, 40),
      stage('draft'),
      ...tokens(WRONG_SQL),
      stage('check'),
      checked(wrongChecks),
      stage('draft', 2),
      ...tokens(BEST_SQL),
      stage('check', 2),
      checked(bestChecks, 2),
    ],
    report: { ...play.report, repairs: 1, confidence: 0.64 },
  };
}

/** No draft passes. */
export function unsure(run: string, request: RunRequest): Play {
  return {
    beats: [
      stage('ground', 1, 40),
      stage('draft'),
      ...tokens(WRONG_SQL),
      stage('check'),
      checked(wrongChecks),
    ],
    report: report(run, request, {
      status: 'failed',
      artifact: {
        kind: 'query',
        ...best,
        sql: WRONG_SQL,
        columns: [],
        rows: [],
        row_count: 0,
        explanation: null,
        headline: null,
        draft: true,
      },
      checks: [...wrongChecks],
      repairs: 2,
      error: {
        code: 'not-sure',
        sentence: 'None of the 3 drafts passed its checks: no such column: o.amount.',
        details: { drafts: '3', check: 'names', reason: 'no such column: o.amount' },
      },
    }),
  };
}

/** It ends before there is any draft. */
export function failed(run: string, request: RunRequest, error: Fault): Play {
  return {
    beats: [stage('ground', 1, 40)],
    report: report(run, request, {
      status: 'failed',
      error,
      model: null,
      tokens: { prompt: 0, cached: 0, output: 0 },
      timings_ms: { total: 9, first_token: null, stages: {} },
    }),
  };
}

/** The report of a run that was stopped. */
export function cancelled(play: Play): RunReport {
  return {
    ...play.report,
    status: 'cancelled',
    artifact: null,
    checks: [],
    confidence: null,
    error: { code: 'cancelled', sentence: 'The run was stopped.', details: {} },
  };
}
