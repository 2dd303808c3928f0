import { screen, waitFor } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import { manyAssistants } from '../backend/scripted/assistants';
import { openWindow } from '../testing/desk';
import { defaultTestId, fieldTestId, TestId } from '../testids';

const get = (id: string): HTMLElement => screen.getByTestId(id);
const valueOf = (id: string): string => (get(id) as HTMLInputElement).value;

describe('defaults', () => {
  it('are made of what stands in a form, and stand there from then on', async () => {
    const { user, desk } = await openWindow({ assistants: manyAssistants });
    expect(screen.queryByTestId(TestId.keepDefaults)).toBeNull();
    await user.type(get(fieldTestId('question')), 'How many?');
    expect(screen.queryByTestId(TestId.keepDefaults)).toBeNull();
    await user.type(get(fieldTestId('database')), 'shop');
    await user.click(await screen.findByTestId(TestId.keepDefaults));
    await waitFor(() => expect(get(TestId.toast).textContent).toContain('stands there at first'));
    // What was being written stays.
    expect(valueOf(fieldTestId('question'))).toBe('How many?');
    expect(screen.queryByTestId(TestId.keepDefaults)).toBeNull();
    desk.fresh();
    await waitFor(() => expect(valueOf(fieldTestId('database'))).toBe('shop'));
    expect(valueOf(fieldTestId('question'))).toBe('');
  });

  it('are seen in the settings, changed there, and given up', async () => {
    const { user, desk } = await openWindow({ assistants: manyAssistants });
    desk.showSettings();
    await screen.findByTestId(TestId.settingsDefaults);
    await user.selectOptions(get(TestId.defaultsOf), 'sql');
    const field = await screen.findByTestId(defaultTestId('database'));
    await user.type(field, 'shop');
    await user.tab();
    await waitFor(() =>
      expect(desk.defaults.of('sql').find(({ field: name }) => name === 'database')?.own).toBe(
        'shop',
      ),
    );
    expect(get(TestId.defaultsOf).textContent).toContain('(changed)');
    await user.click(screen.getByRole('button', { name: /^Back to the usual for/ }));
    await waitFor(() =>
      expect(desk.defaults.of('sql').every(({ own }) => own === null)).toBe(true),
    );
  });
});
