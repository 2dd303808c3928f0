import { screen, waitFor, within } from '@testing-library/svelte';
import { beforeAll, describe, expect, it } from 'vitest';

import { fault } from '../backend/scripted/fault';
import { keyRefused, services } from '../backend/scripted/offices';
import { answered, failed } from '../backend/scripted/plays';
import type { Script } from '../backend/scripted/scripted';
import { manyModels, models } from '../backend/scripted/shop';
import type { Language } from '../i18n/message';
import { expectAccessible, openWindow } from '../testing/desk';
import { assignmentTestId, assistantTestId, fieldTestId, TestId } from '../testids';

const LARGE = 'qwen2.5-coder-1.5b';
const SMALL = 'qwen2.5-coder-0.5b';
const OWN = 'minutes-3b-q4';

const find = (id: string): Promise<HTMLElement> => screen.findByTestId(id);
const get = (id: string): HTMLElement => screen.getByTestId(id);
const rows = (id: string): HTMLElement[] => screen.queryAllByTestId(id);
const model = (id: string): HTMLElement =>
  rows(TestId.modelRow).find(({ dataset }) => dataset['model'] === id) ?? expect.unreachable();
const service = (name: string): HTMLElement =>
  rows(TestId.serviceRow).find(({ dataset }) => dataset['service'] === name) ??
  expect.unreachable();
const inside = (row: HTMLElement, id: string): HTMLElement => within(row).getByTestId(id);
const stateOf = (id: string): string | undefined => model(id).dataset['state'];

beforeAll(() => {
  // What jsdom lacks and a list that opens asks for.
  Element.prototype.setPointerCapture ??= () => undefined;
  Element.prototype.releasePointerCapture ??= () => undefined;
});

async function open(script: Script = {}, language: Language = 'en') {
  const opened = await openWindow({ models: manyModels, ...script }, language);
  await opened.user.click(get(TestId.showModels));
  await find(TestId.modelsView);
  await waitFor(() => expect(rows(TestId.modelRow).length).toBeGreaterThan(0));
  return opened;
}

describe('the view', () => {
  it('takes the place of the work, which stays as it was', async () => {
    const { user, page } = await openWindow({ services, models: manyModels });
    await user.type(get(fieldTestId('question')), 'How many orders?');
    await user.click(get(TestId.showModels));
    await waitFor(() => expect(rows(TestId.serviceRow)).toHaveLength(3));
    expect(document.title).toBe('Models – Deskhand');
    expect(get(TestId.showModels).getAttribute('aria-current')).toBe('page');
    expect(get(assistantTestId('sql')).hasAttribute('aria-current')).toBe(false);
    expect(get(TestId.form).closest('[hidden]')).not.toBeNull();
    await expectAccessible(page.container);
    await user.click(get(assistantTestId('sql')));
    expect(screen.queryByTestId(TestId.modelsView)).toBeNull();
    expect(get(fieldTestId('question'))).toHaveProperty('value', 'How many orders?');
  });

  it('tells of an answer that came in the meantime', async () => {
    const { user, desk } = await openWindow({ play: answered, pace: 0.3 });
    await user.click(screen.getAllByTestId(TestId.exampleChip)[0] as HTMLElement);
    await user.click(get(TestId.runButton));
    await user.click(get(TestId.showModels));
    const toast = await screen.findByTestId(TestId.toast, {}, { timeout: 10_000 });
    await user.click(within(toast).getByRole('button', { name: 'Show it' }));
    await find(TestId.result);
    expect(desk.place).toBe('work');
  });

  it('is offered where a run failed for what is mended there', async () => {
    const refused = fault('service-key-refused', 'The key is refused.');
    const { user } = await openWindow({ play: (run, request) => failed(run, request, refused) });
    await user.click(screen.getAllByTestId(TestId.exampleChip)[0] as HTMLElement);
    await user.click(get(TestId.runButton));
    await user.click(await find(TestId.openModels));
    await find(TestId.modelsView);
  });

  it('says what each model is, takes and is good for', async () => {
    await open();
    expect(rows(TestId.modelRow).map(({ dataset }) => dataset['state'])).toEqual([
      'in-use',
      'away',
      'away',
      'here',
    ]);
    const text = model(LARGE).textContent ?? '';
    for (const part of ['everyday questions', '1.1 GB on disk', '1.7 GB of memory', 'Apache-2.0'])
      expect(text).toContain(part);
    expect(model(OWN).textContent).toContain('from a file of yours');
  });

  it('says why there is no list, and tries again', async () => {
    const { user, backend, desk } = await openWindow();
    const list = backend.models.bind(backend);
    backend.models = () => Promise.reject(fault('internal', 'No.'));
    await user.click(get(TestId.showModels));
    const shelf = await find(TestId.modelShelf);
    expect((await within(shelf).findByTestId(TestId.errorState)).dataset['code']).toBe('internal');
    backend.models = list;
    await user.click(inside(shelf, TestId.tryAgain));
    await waitFor(() => expect(within(shelf).queryByTestId(TestId.errorState)).toBeNull());
    expect(desk.models.listFault).toBeNull();
  });

  it('speaks Traditional Chinese', async () => {
    await open({ services }, 'zh-Hant');
    expect(get(TestId.modelsView).textContent).toContain('在這部電腦上');
    expect(model(SMALL).textContent).toContain('尚未下載');
    expect(service('gateway').textContent).toContain('DESKHAND_KEY_GATEWAY');
  });
});

describe('a model', () => {
  it('is downloaded when asked for, with progress and a way out', async () => {
    const { user, page } = await open({ holdAt: 10 });
    await user.click(inside(model(SMALL), TestId.fetchModel));
    await waitFor(() => expect(model(SMALL).textContent).toContain('from its maker'));
    expect(stateOf(SMALL)).toBe('downloading');
    expect(inside(model(SMALL), TestId.byteProgress).getAttribute('role')).toBe('progressbar');
    expect(inside(model('qwen2.5-coder-7b'), TestId.fetchModel)).toHaveProperty('disabled', true);
    await expectAccessible(page.container);
    await user.click(inside(model(SMALL), TestId.stopFetch));
    await waitFor(() => expect(stateOf(SMALL)).toBe('away'));
    expect(screen.queryByTestId(TestId.errorState)).toBeNull();
  });

  it('whose download fails says so where it is, with the way to try again', async () => {
    const { user } = await open({ pullFault: fault('download-failed', 'No network.') });
    await user.click(inside(model(SMALL), TestId.fetchModel));
    const state = await within(model(SMALL)).findByTestId(TestId.errorState);
    expect(state.dataset['code']).toBe('download-failed');
    expect(inside(state, TestId.tryAgain).textContent).toContain('Download it again');
  });

  it('is checked, and said to be whole', async () => {
    const { user, page } = await open();
    await user.click(inside(model(LARGE), TestId.checkModel));
    const mark = await within(model(LARGE)).findByTestId(TestId.checkBadge);
    expect(mark.dataset['passed']).toBe('true');
    await expectAccessible(page.container);
  });

  it('that is damaged is said to be so', async () => {
    const { user } = await open({ verifyFault: fault('model-corrupt', 'Damaged.') });
    await user.click(inside(model(LARGE), TestId.checkModel));
    await waitFor(() => expect(stateOf(LARGE)).toBe('damaged'));
    expect(inside(model(LARGE), TestId.tryAgain).textContent).toContain('Download it again');
  });

  it('is removed only after the question was answered', async () => {
    const { user } = await open();
    await user.click(inside(model(OWN), TestId.removeModel));
    const dialog = await screen.findByRole('dialog');
    expect(dialog.textContent).toContain('Remove minutes-3b-q4?');
    await user.click(within(dialog).getByRole('button', { name: 'Keep it' }));
    await waitFor(() => expect(document.body.style.pointerEvents).not.toBe('none'));
    await user.click(inside(model(OWN), TestId.removeModel));
    await user.click(await find(TestId.confirmRemove));
    await waitFor(() => expect(rows(TestId.modelRow)).toHaveLength(manyModels.length - 1));
    expect((await find(TestId.toast)).textContent).toContain('minutes-3b-q4 was removed.');
  });

  it('answers from now on when it is used', async () => {
    const { user, backend } = await open();
    await user.click(inside(model(OWN), TestId.useModel));
    await waitFor(() => expect(stateOf(OWN)).toBe('in-use'));
    expect(backend.library.choices.default).toBe(OWN);
    expect(stateOf(LARGE)).toBe('here');
    expect(document.activeElement).toBe(model(OWN));
  });

  it('is brought from a file', async () => {
    const { user } = await open({ file: '/home/you/Downloads/Letters-1B.gguf' });
    await user.click(get(TestId.importModel));
    await waitFor(() => expect(model('letters-1b').textContent).toContain('Letters-1B'));
    expect((await find(TestId.toast)).textContent).toContain('Letters-1B can be used now.');
  });

  it('that is being brought can be stopped', async () => {
    const { user } = await open({ file: '/home/you/Letters-1B.gguf', holdAt: 5 });
    await user.click(get(TestId.importModel));
    await waitFor(() => expect(get(TestId.modelShelf).textContent).toContain('Letters-1B.gguf'));
    await user.click(get(TestId.stopFetch));
    await waitFor(() => expect(screen.queryByTestId(TestId.stopFetch)).toBeNull());
    expect(screen.queryByTestId(TestId.errorState)).toBeNull();
    expect(rows(TestId.modelRow)).toHaveLength(manyModels.length);
  });

  it('of a name that is taken is refused in words that fit', async () => {
    const importFault = fault('input-invalid', 'There is a model called x already.');
    const { user } = await open({ file: '/x.gguf', importFault });
    await user.click(get(TestId.importModel));
    expect((await find(TestId.errorState)).textContent).toContain('already a model of this name');
  });
});

describe('an assistant', () => {
  type User = Awaited<ReturnType<typeof open>>['user'];
  const choose = async (user: User, label: string): Promise<void> => {
    get(assignmentTestId('sql')).focus();
    await user.keyboard('{Enter}');
    // Without a layout the list counts as hidden, and what is hidden has no name.
    const option = await waitFor(
      () =>
        document.querySelector(`[role='option'][data-label='${label}']`) ?? expect.unreachable(),
    );
    await user.click(option);
  };

  it('is given its own model, and gives it up again', async () => {
    const { user, backend, desk } = await open();
    await choose(user, OWN);
    await waitFor(() => expect(backend.library.choices.byAssistant).toEqual({ sql: OWN }));
    expect(desk.modelId).toBe(OWN);
    await choose(user, 'The same as all');
    await waitFor(() => expect(backend.library.choices.byAssistant).toEqual({}));
  });

  it('that uses a service says what leaves the machine', async () => {
    const byAssistant = { sql: 'office:claude-sonnet-4-5' };
    const { page } = await open({ services, choices: { default: LARGE, byAssistant } });
    expect(get(TestId.assignments).textContent).toContain('What you fill in is sent to office.');
    expect(get(TestId.modelsView).textContent).toContain('is not on this machine');
    await expectAccessible(page.container);
  });

  it('that uses a service on this machine does not', async () => {
    const byAssistant = { sql: 'attic:qwen3:8b' };
    await open({ services, choices: { default: LARGE, byAssistant } });
    expect(get(TestId.assignments).textContent).not.toContain('is sent to');
  });
});

describe('a service', () => {
  it('is added with a key, which is not shown; a key without a keychain is said to be lost', async () => {
    const { user, backend, page } = await open({ hasKeychain: false });
    expect(get(TestId.serviceShelf).textContent).toContain('everything stays on this machine');
    await user.click(get(TestId.addService));
    const form = await find(TestId.serviceForm);
    expect(inside(form, TestId.serviceKey).getAttribute('type')).toBe('password');
    await expectAccessible(document.body);
    await user.clear(inside(form, TestId.serviceName));
    await user.type(inside(form, TestId.serviceName), 'work');
    await user.type(inside(form, TestId.serviceKey), 'sk-secret');
    await user.click(get(TestId.saveService));
    await waitFor(() => expect(service('work').textContent).toContain('DESKHAND_KEY_WORK'));
    expect(backend.offices.keys.get('work')).toBe('sk-secret');
    expect((await find(TestId.toast)).textContent).toContain('only until Deskhand is closed');
    expect(document.body.textContent).not.toContain('sk-secret');
    await expectAccessible(page.container);
  });

  it('that is refused says why and stays open', async () => {
    const { user } = await open();
    await user.click(get(TestId.addService));
    await user.clear(await find(TestId.serviceName));
    await user.type(get(TestId.serviceName), 'My Office');
    await user.click(get(TestId.saveService));
    const state = await within(get(TestId.serviceForm)).findByTestId(TestId.errorState);
    expect(state.dataset['code']).toBe('service-misconfigured');
  });

  it('is tested, and its model then used', async () => {
    const { user, backend } = await open({ services });
    const row = service('office');
    await user.type(inside(row, TestId.serviceModel), 'claude-sonnet-4-5');
    await user.click(inside(row, TestId.testService));
    const marks = await within(row).findAllByTestId(TestId.checkBadge);
    expect(marks.map(({ dataset }) => dataset['check'])).toEqual([
      'reachable',
      'key',
      'model',
      'streams',
    ]);
    await user.click(inside(row, TestId.useModel));
    await waitFor(() => expect(backend.library.choices.default).toBe('office:claude-sonnet-4-5'));
  });

  it('that does not work says what was found, and cannot be used', async () => {
    const { user, page } = await open({ services, tests: { office: keyRefused } });
    const row = service('office');
    await user.type(inside(row, TestId.serviceModel), 'claude-sonnet-4-5{Enter}');
    await waitFor(() => expect(inside(row, TestId.serviceTrial).textContent).toContain('401'));
    expect(within(row).queryByTestId(TestId.useModel)).toBeNull();
    await expectAccessible(page.container);
  });

  it('is changed with its key left as it is, and removed after a question', async () => {
    const { user } = await open({ services });
    await user.click(inside(service('office'), TestId.changeService));
    await user.type(await find(TestId.serviceAddress), 'https://proxy.example.com');
    await user.click(get(TestId.saveService));
    await waitFor(() => expect(service('office').textContent).toContain('proxy.example.com'));
    expect(service('office').textContent).toContain('Key in the keychain');
    await user.click(inside(service('office'), TestId.removeService));
    await user.click(await find(TestId.confirmRemove));
    await waitFor(() => expect(rows(TestId.serviceRow)).toHaveLength(2));
  });
});

it('offers the download first where no model is here yet', async () => {
  await open({ models: models.map((one) => ({ ...one, present: false })) });
  expect(stateOf(LARGE)).toBe('wanted');
  expect(get(TestId.modelsView).textContent).toContain('Download one');
});
