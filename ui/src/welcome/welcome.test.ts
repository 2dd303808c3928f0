import { screen, waitFor } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import { manyAssistants } from '../backend/scripted/assistants';
import { models } from '../backend/scripted/shop';
import { expectAccessible, openWindow } from '../testing/desk';
import { fieldTestId, TestId, tourTestId } from '../testids';

const get = (id: string): HTMLElement => screen.getByTestId(id);
const away = models.map((model) => ({ ...model, present: false }));
const begin = (script: Parameters<typeof openWindow>[0] = {}) =>
  openWindow({ firstStart: true, assistants: manyAssistants, ...script });

describe('the first start', () => {
  it('is one screen with three ways and what each costs', async () => {
    const { page } = await begin({ models: away });
    expect(document.title).toBe('Welcome to Deskhand – Deskhand');
    expect(screen.queryByTestId(TestId.rail)).toBeNull();
    const ways = get(TestId.welcome).querySelectorAll('section');
    expect(ways).toHaveLength(3);
    await waitFor(() => expect(ways[0]?.textContent).toContain('1.1 GB'));
    await expectAccessible(page.container);
  });

  it('is not shown to whoever has begun', async () => {
    await openWindow({ assistants: manyAssistants });
    expect(screen.queryByTestId(TestId.welcome)).toBeNull();
  });

  it('downloads the model, with a way to stop, and then asks the first question', async () => {
    const { user, desk, backend } = await begin({ models: away, holdAt: 17 });
    await user.click(await screen.findByTestId(TestId.downloadModel));
    await screen.findByTestId(TestId.downloadProgress);
    expect(get(TestId.welcome).textContent).toContain('You can look around meanwhile');
    await user.click(get(TestId.cancelDownload));
    await screen.findByTestId(TestId.downloadModel);
    backend.library.models = models.map((model) => ({ ...model, present: true }));
    await desk.models.refresh();
    await user.click(await screen.findByTestId(TestId.welcomeModel));
    await waitFor(() => expect(backend.kept.first_start).toBe(false));
    expect(get(fieldTestId('question'))).not.toHaveProperty('value', '');
  });

  it('leads to a service that is about to be added', async () => {
    const { user, backend } = await begin();
    await user.click(get(TestId.welcomeService));
    await screen.findByTestId(TestId.serviceForm);
    expect(backend.kept.first_start).toBe(false);
  });

  it('leads to what can be looked at without a model, and is found again', async () => {
    const { user, desk } = await begin({ models: away });
    await user.click(get(TestId.welcomeSamples));
    expect((await screen.findByTestId(TestId.helpView)).dataset['about']).toBe('all');
    await user.click(get(tourTestId('shop')));
    expect(desk.form?.values['database']).toBe('shop');
    await screen.findByTestId(TestId.schema);
    await user.click(get(TestId.showHelp));
    await user.click(await screen.findByTestId(TestId.showWelcome));
    await screen.findByTestId(TestId.welcome);
  });

  it('speaks the language that is chosen there', async () => {
    const { user, desk } = await begin();
    await user.click(screen.getByRole('radio', { name: '繁體中文' }));
    expect(get(TestId.welcome).textContent).toContain('歡迎使用');
    desk.preferences.language = 'en';
  });
});
