/** Scenes that show a piece of work of every kind. */
import type { Artifact, Check } from '../backend/bindings';
import { made, refused } from '../backend/scripted/plays';
import type { Script } from '../backend/scripted/scripted';
import { manyAssistants } from '../backend/scripted/assistants';
import * as works from '../backend/scripted/works';

export interface WorkScene {
  readonly assistant: string;
  readonly script: Script;
  readonly inputs?: Readonly<Record<string, string>>;
  /** It stands still in the middle. */
  readonly isLive?: boolean;
}

const failed = (name: string, detail: string): Check => ({ name, passed: false, detail });

function scene(
  assistant: string,
  artifact: Artifact,
  draft: string,
  checks: Check[],
  rest: Partial<WorkScene> & { confidence?: number } = {},
): WorkScene {
  const isPassed = checks.every(({ passed }) => passed);
  const { confidence = 0.92, script, ...more } = rest;
  return {
    assistant,
    script: {
      assistants: manyAssistants,
      play: (run, request) =>
        isPassed
          ? made(run, request, artifact, { draft, checks, confidence })
          : refused(run, request, artifact, { draft, checks }),
      ...script,
    },
    ...more,
  };
}

const { passed } = works;
const words = (text: string): WorkScene['inputs'] => ({ text });

export const workScenes: Readonly<Record<string, WorkScene>> = {
  equation: scene(
    'latex',
    { kind: 'equation', ...works.equation },
    works.equation.latex,
    passed('parses', 'renders', 'round-trip'),
  ),
  'equation-long': scene(
    'latex',
    { kind: 'equation', ...works.longEquation },
    works.longEquation.latex,
    passed('parses', 'renders'),
  ),
  'equation-live': scene(
    'latex',
    { kind: 'equation', ...works.equation },
    works.equation.latex,
    passed('parses'),
    { isLive: true, script: { assistants: manyAssistants, hold: 8 } },
  ),
  'equation-unsure': scene(
    'latex',
    { kind: 'equation', ...works.equation, latex: String.raw`\int_0^\infty e^{-x^2` },
    works.equation.latex,
    [failed('parses', 'a brace is never closed')],
  ),
  command: scene(
    'shell',
    { kind: 'command', ...works.reads },
    works.reads.command,
    passed('parses', 'known'),
  ),
  'command-danger': scene(
    'shell',
    { kind: 'command', ...works.dangerous },
    works.dangerous.command,
    passed('parses', 'known'),
    { inputs: words('delete temporary files older than a month in my downloads') },
  ),
  code: scene(
    'ml-model',
    { kind: 'code', ...works.program },
    works.program.code.slice(0, 400),
    passed('parses', 'compiles', 'trains'),
  ),
  text: scene(
    'offer',
    { kind: 'text', ...works.letter },
    works.letter.text,
    passed('facts-kept', 'length'),
    { inputs: words('20 linen notebooks at 12.50, gel pens on top if they decide by Friday') },
  ),
  markdown: scene(
    'summary',
    { kind: 'text', ...works.markdown },
    works.markdown.text,
    passed('length'),
    { inputs: words('The notes of Tuesday’s meeting about the warehouse') },
  ),
  table: scene('actions', { kind: 'text', ...works.actions }, 'owner', passed('rows'), {
    inputs: words('Margaret asks three carriers for offers until Friday …'),
  }),
  palette: scene('palette', { kind: 'text', ...works.palette }, '#3b2a20', passed('contrast'), {
    inputs: words('a coffee roastery, warm and earthy'),
  }),
  diagram: scene('mermaid', { kind: 'text', ...works.diagram }, 'flowchart LR', passed('parses'), {
    inputs: words('what happens with an order until it is sent'),
  }),
  quiz: scene('quiz', { kind: 'text', ...works.quiz }, '{"questions"', passed('json', 'language'), {
    inputs: words('A bee colony has one queen, who lays up to 2,000 eggs a day …'),
  }),
  findings: scene('cron', { kind: 'text', ...works.cron }, '30 7', passed('parses'), {
    inputs: words('half past seven on every weekday'),
  }),
  chat: scene('chat', { kind: 'text', ...works.said }, works.said.text, []),
  'chat-live': scene('chat', { kind: 'text', ...works.said }, works.said.text, [], {
    isLive: true,
    script: { assistants: manyAssistants, hold: 40 },
  }),
  books: scene('ledger', { kind: 'books', ...works.books }, 'Meals', passed('balances', 'used'), {
    confidence: 0.71,
    script: { canPost: true },
    inputs: words(
      'Lunch with ACME 84.50 on the company card yesterday, rent 2,400 on the 1st, ACME paid the 5,000 invoice; 上週三買了兩台螢幕共 12,600 元, taxi to the airport 46.20 in cash last Friday and the thing for Jonas',
    ),
  }),
};
