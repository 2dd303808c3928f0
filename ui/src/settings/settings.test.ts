import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import { fault } from '../backend/scripted/fault';
import { services } from '../backend/scripted/offices';
import { expectAccessible, openWindow } from '../testing/desk';
import { TestId } from '../testids';

const get = (id: string): HTMLElement => screen.getByTestId(id);
async function open(script: Parameters<typeof openWindow>[0] = {}) {
  const opened = await openWindow(script);
  await opened.user.keyboard('{Control>},{/Control}');
  await screen.findByTestId(TestId.settingsView);
  return opened;
}
const pick = (group: string, name: string): HTMLElement =>
  within(get(group)).getByRole('radio', { name });

describe('the settings', () => {
  it('change language, appearance and the size of the text at once', async () => {
    const { user, desk, page } = await open();
    await expectAccessible(page.container);
    await user.click(pick(TestId.settingsTheme, 'High contrast, light'));
    expect(document.documentElement.dataset).toMatchObject({ theme: 'light', contrast: 'more' });
    await user.click(pick(TestId.settingsTextSize, '150%'));
    expect(document.documentElement.style.getPropertyValue('--text-scale')).toBe('1.5');
    await user.click(pick(TestId.settingsLanguage, '繁體中文'));
    expect(get(TestId.settingsView).textContent).toContain('會離開這部電腦的內容');
    Object.assign(desk.preferences, { language: 'en', theme: 'system', textSize: 100 });
    expect(document.documentElement.dataset['contrast']).toBeUndefined();
  });

  it('say what leaves the machine, and forbid it', async () => {
    const { user, desk } = await open();
    const privacy = get(TestId.settingsPrivacy);
    expect(privacy.textContent).toContain('every model in use is on this computer');
    await user.click(pick(TestId.settingsNetwork, 'Never: this computer only'));
    await waitFor(() => expect(desk.isOffline).toBe(true));
    expect(privacy.textContent).toContain('if the network were allowed');
  });

  it('name the service that is told what one fills in', async () => {
    await open({
      services,
      choices: { default: 'office:claude-sonnet-4-5', byAssistant: {} },
    });
    await waitFor(() => expect(get(TestId.settingsPrivacy).textContent).toContain('office'));
  });

  it('keep how long a model stays, in the desk', async () => {
    const { user, backend } = await open();
    await user.selectOptions(await screen.findByTestId(TestId.settingsIdle), '60');
    await waitFor(() => expect(backend.kept.idle_minutes).toBe(60));
    await user.selectOptions(get(TestId.settingsIdle), 'Until Deskhand is closed');
    await waitFor(() => expect(backend.kept.idle_minutes).toBe(0));
  });

  it('show the data folder, and say so where it cannot be shown', async () => {
    const { user } = await open({ folderFault: fault('file-unreadable', 'No program.') });
    expect(get(TestId.settingsView).textContent).toContain('/home/you/.local/share/deskhand');
    await user.click(get(TestId.showDataFolder));
    expect((await screen.findByTestId(TestId.toast)).textContent).toContain('could not be shown');
  });

  it('are reached from the small menu too', async () => {
    const { user } = await openWindow();
    await user.click(get(TestId.settingsMenu));
    await user.click(await screen.findByTestId(TestId.showSettings));
    await screen.findByTestId(TestId.settingsView);
  });
});
