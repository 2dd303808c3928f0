/**
 * The window in a plain browser, with a scripted desk: `npm run dev`, then for example
 * `/?scene=result&lang=zh-Hant&theme=dark`. `#/kit` shows the kit instead.
 */
import { mount, tick } from 'svelte';

import * as answers from '../backend/scripted/answers';
import { past } from '../backend/scripted/past';
import { answered, doubted, failed, repaired, unsure } from '../backend/scripted/plays';
import type { QueryResult } from '../backend/bindings';
import { Scripted, type Script } from '../backend/scripted/scripted';
import { fault } from '../backend/scripted/fault';
import { keyRefused, services } from '../backend/scripted/offices';
import { manyTables } from '../backend/scripted/schemas';
import { used } from '../backend/scripted/spending';
import { manyModels, manyRows, models, sqlAssistant } from '../backend/scripted/shop';
import { manyAssistants } from '../backend/scripted/assistants';
import { Desk } from '../desk.svelte';
import type { Advice } from '../chess/advice';
import { adviceOf, reviewed } from '../chess/testing';
import type { Language } from '../i18n/message';
import { Preferences, type Theme } from '../preferences/preferences.svelte';
import { assignmentTestId, TestId } from '../testids';
import Window from '../views/Window.svelte';
import { workScenes, type WorkScene } from './works';

const shown = (query: QueryResult): Script => ({
  play: (run, request) => answered(run, request, query),
});

const advised = (advice: Advice): Script => ({
  play: (run, request) => {
    const play = answered(run, request);
    return { ...play, report: { ...play.report, artifact: { kind: 'chess', ...advice } } };
  },
});

const SCRIPTS: Record<string, Script> = {
  chess: advised(adviceOf()),
  'chess-game': advised(reviewed()),
  idle: {},
  filled: {},
  blank: {},
  empty: { history: [] },
  live: { play: repaired },
  running: { play: repaired, hold: 24 },
  again: { play: repaired, hold: 118 },
  result: { play: answered },
  many: { play: (run, request) => answered(run, request, manyRows(1000)) },
  huge: { play: (run, request) => answered(run, request, manyRows(100_000)) },
  'chart-line': shown(answers.monthly),
  'chart-bars': shown(answers.byGoods),
  'chart-short': shown(answers.byCity),
  'chart-first': shown(answers.manyBars),
  'chart-lines': shown(answers.lines),
  'chart-grouped': shown(answers.bars),
  'chart-scatter': shown(answers.scatter),
  readings: { play: (run, request) => doubted(run, request, answers.doubtful) },
  'readings-none': { play: (run, request) => doubted(run, request, answers.byGoods) },
  'save-failed': {
    ...shown(answers.byCity),
    saveFault: fault('file-unreadable', 'The folder cannot be written.'),
  },
  schema: {},
  'schema-many': { schema: manyTables(120) },
  'schema-loading': { holdSchema: true },
  'schema-faulty': { schemaFault: fault('database-invalid', 'notes.txt is not a database.') },
  none: {
    play: (run, request) => answered(run, request, { ...manyRows(0), truncated: false }),
  },
  unsure: { play: unsure },
  missing: {
    models: models.map((model) => ({ ...model, present: false })),
    play: (run, request) =>
      failed(run, request, {
        code: 'model-missing',
        sentence: 'The model qwen2.5-coder-1.5b is not on this machine yet.',
        details: { model: 'qwen2.5-coder-1.5b' },
      }),
  },
  notice: { models: models.map((model) => ({ ...model, present: false })) },
  broken: {
    play: (run, request) =>
      failed(run, request, {
        code: 'database-invalid',
        sentence: '/home/you/Documents/notes.txt is not a database.',
        details: { input: 'database', path: '/home/you/Documents/notes.txt' },
      }),
  },
  cancelled: {},
  models: {
    models: manyModels,
    services,
    choices: {
      default: 'qwen2.5-coder-1.5b',
      byAssistant: { sql: 'office:claude-sonnet-4-5' },
    },
    tests: { gateway: keyRefused },
  },
  'models-busy': { models: manyModels, holdAt: 17 },
  'models-fresh': { models: models.map((model) => ({ ...model, present: false })) },
  'models-faulty': {
    verifyFault: fault('model-corrupt', 'The file of qwen2.5-coder-1.5b is damaged.'),
    servicesFault: fault('internal', 'The file of services cannot be read.'),
  },
  'models-form': { hasKeychain: false },
  'models-form-kinds': {},
  'models-choice': { models: manyModels },
  'models-remove': { models: manyModels },
  gallery: { canMake: true },
  'gallery-search': { canMake: true },
  builder: { canMake: true },
  'builder-tried': { canMake: true },
  'builder-new': { canMake: true },
  welcome: { firstStart: true, models: models.map((model) => ({ ...model, present: false })) },
  'welcome-busy': {
    firstStart: true,
    models: models.map((model) => ({ ...model, present: false })),
    holdAt: 17,
  },
  'welcome-here': { firstStart: true },
  around: { canMake: true },
  'around-page': { canMake: true },
  'around-settings': { models: manyModels, services },
  'around-usage': { usage: used, spent: '0.42', unpriced: ['gateway'], models: manyModels },
  'around-usage-none': {},
  'around-palette': { canMake: true },
  'around-found': { canMake: true },
  'around-keys': {},
  'around-drop': {
    offers: {
      name: 'bank-2026.csv',
      offers: [
        { does: 'fill', assistant: 'sql', field: 'database', value: '/home/you/bank-2026.csv' },
        { does: 'books' },
        { does: 'fill', assistant: 'email', field: 'text', value: 'day,amount' },
      ],
    },
  },
  'around-nobody': { offers: { name: 'tune.mp3', offers: [] } },
  fields: {},
  'fields-day': {},
};
/** Scenes that show the form before anything has been run. */
const BEFORE = new Set(['idle', 'empty', 'notice', 'filled', 'blank', 'cancelled']);
const LIVE = new Set(['live', 'running', 'again']);

export async function beginScene(target: HTMLElement): Promise<void> {
  if (location.hash === '#/kit') {
    const { default: KitPage } = await import('../kitpage/KitPage.svelte');
    mount(KitPage, { target });
    return;
  }
  const query = new URLSearchParams(location.search);
  const preferences = new Preferences(query.size > 0 ? undefined : localStorage);
  if (query.has('lang')) preferences.language = query.get('lang') as Language;
  if (query.has('theme')) preferences.theme = query.get('theme') as Theme;
  if (query.has('text')) preferences.textSize = Number(query.get('text'));
  if (query.has('history')) preferences.isHistoryOpen = query.get('history') === 'open';

  const scene = query.get('scene') ?? (query.size > 0 ? 'idle' : 'live');
  const work = workScenes[scene];
  const script = work?.script ?? SCRIPTS[scene] ?? {};
  const pace = scene === 'live' ? 1 : scene === 'missing' ? 0.2 : 0;
  const desk = new Desk(
    new Scripted({
      history: past(preferences.language),
      pace,
      assistants: manyAssistants,
      ...script,
    }),
    preferences,
  );
  mount(Window, { target, props: { desk } });
  await desk.load();
  if (work) await perform(desk, work);
  else if (scene.startsWith('welcome')) await arrive(desk, scene);
  else if (scene.startsWith('around')) await goAbout(desk, scene);
  else if (scene.startsWith('builder')) await build(desk, scene);
  else if (scene.startsWith('gallery') || scene.startsWith('fields')) await browse(desk, scene);
  else if (scene.startsWith('models')) await manage(desk, scene);
  else if (scene.startsWith('schema')) await look(desk, scene);
  else if (query.size > 0) await play(desk, scene);
}

/** A piece of work of its assistant, from its first example or from its own words. */
async function perform(desk: Desk, { assistant, inputs, isLive }: WorkScene): Promise<void> {
  desk.choose(assistant);
  const example = desk.form?.description.examples[0];
  if (example) desk.form?.fill(example);
  for (const [name, value] of Object.entries(inputs ?? {})) desk.form?.set(name, value);
  await desk.run();
  if (isLive && desk.runs.live) desk.runs.live.elapsedMs = 3000;
}

/** The first start, with a download under way. */
async function arrive(desk: Desk, scene: string): Promise<void> {
  const model = desk.models.find(desk.models.standard);
  if (scene === 'welcome-busy' && model) void desk.models.pull(model.id);
  await tick();
}

/** What lies over the views, and those about the desk itself. */
async function goAbout(desk: Desk, scene: string): Promise<void> {
  if (scene === 'around') desk.showHelp(null);
  if (scene === 'around-page') desk.showHelp('sql');
  if (scene === 'around-settings') desk.showSettings();
  if (scene.startsWith('around-usage')) {
    if (scene === 'around-usage') await desk.spending.setLimit('5');
    desk.showUsage();
  }
  if (scene === 'around-keys') desk.shell.toggle('keys');
  if (scene === 'around-drop' || scene === 'around-nobody')
    await desk.shell.files.take('/home/you/bank-2026.csv');
  if (scene !== 'around-palette' && scene !== 'around-found') return;
  desk.shell.toggle('palette');
  await tick();
  if (scene === 'around-palette') return;
  const line = document.querySelector<HTMLInputElement>(`[data-testid='${TestId.paletteInput}']`);
  if (!line) return;
  line.value = desk.preferences.language === 'en' ? 'da' : 'sj';
  line.dispatchEvent(new InputEvent('input', { bubbles: true }));
}

/** An assistant being made: from nothing, or one that was tried and tested. */
async function build(desk: Desk, scene: string): Promise<void> {
  const workshop = desk.workshop;
  if (!workshop) return;
  if (scene === 'builder-new') return workshop.begin();
  await workshop.copy('reply');
  await workshop.save();
  if (scene === 'builder') return;
  workshop.builder.form?.set('text', 'parcel late, comes Friday');
  await workshop.builder.try();
  await workshop.builder.test();
  await workshop.builder.try();
}

/** The gallery after some use, or a form with every kind of field. */
async function browse(desk: Desk, scene: string): Promise<void> {
  if (scene.startsWith('fields')) {
    desk.choose('offer');
    await tick();
    if (scene === 'fields-day') document.querySelector<HTMLElement>('.day-button')?.click();
    return;
  }
  for (const id of ['summary', 'shell', 'sql']) desk.gallery.used(id);
  desk.gallery.toggle('email');
  desk.gallery.toggle('offer');
  desk.showGallery();
  if (scene === 'gallery-search')
    desk.gallery.query = desk.preferences.language === 'en' ? 'mail' : '公式';
}

/** The panel of tables, as far as there is one in this scene. */
async function look(desk: Desk, scene: string): Promise<void> {
  desk.form?.set('database', 'shop');
  desk.toggleSchema('shop');
  if (scene === 'schema') {
    await tick();
    await tick();
    desk.schema.select('orders');
  }
}

const press = (id: string): void =>
  document.querySelector<HTMLElement>(`[data-testid='${id}']`)?.click();

/** Opens a list as the keyboard does. */
async function unfold(id: string): Promise<void> {
  await tick();
  const list = document.querySelector<HTMLElement>(`[data-testid='${id}']`);
  list?.scrollIntoView({ block: 'center' });
  list?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
}

/** The models, with something going on. */
async function manage(desk: Desk, scene: string): Promise<void> {
  const [first, second] = desk.models.all;
  desk.showModels();
  await tick();
  if (scene === 'models-busy' && first && second) {
    void desk.files.pull(second.id);
    void desk.files.check(first.id);
  }
  if (scene.startsWith('models-form')) press(TestId.addService);
  if (scene === 'models-form-kinds') await unfold(TestId.serviceKind);
  if (scene === 'models-choice') await unfold(assignmentTestId('sql'));
  if (scene === 'models-remove') press(TestId.removeModel);
  if (scene === 'models-faulty' && first) await desk.files.check(first.id);
  if (scene === 'models') {
    if (first) void desk.files.check(first.id);
    await desk.services.test('office', 'claude-sonnet-4-5');
    await desk.services.test('gateway', 'large');
  }
}

async function play(desk: Desk, scene: string): Promise<void> {
  const example = sqlAssistant.examples[0];
  if (!desk.form || !example || scene === 'idle' || scene === 'empty' || scene === 'notice') return;
  if (scene === 'cancelled') {
    const stopped = desk.history.runs.find(({ status }) => status === 'cancelled');
    if (stopped) await desk.open(stopped.run);
    return;
  }
  if (scene !== 'blank') desk.form.fill(example);
  if (scene === 'blank') desk.form.set('database', 'shop');
  if (scene === 'blank' || !BEFORE.has(scene)) await desk.run();
  if (LIVE.has(scene) && desk.runs.live) desk.runs.live.elapsedMs = 3000;
}
