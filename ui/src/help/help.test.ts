import { screen, waitFor } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import { manyAssistants } from '../backend/scripted/assistants';
import { expectAccessible, openWindow } from '../testing/desk';
import { helpTestId, TestId } from '../testids';

const get = (id: string): HTMLElement => screen.getByTestId(id);
const open = () => openWindow({ assistants: manyAssistants, canMake: true });

describe('help', () => {
  it('has a page about every assistant', async () => {
    const { user, desk, page } = await open();
    await user.click(get(TestId.showHelp));
    await expectAccessible(page.container);
    for (const { description } of desk.forms) {
      await user.click(get(helpTestId(description.id)));
      expect(get(TestId.helpView).dataset['about']).toBe(description.id);
      expect(get(TestId.helpTrust).querySelectorAll('ol li').length).toBeGreaterThan(2);
      await user.click(get(TestId.helpAll));
    }
  });

  it('runs a worked example on a click', async () => {
    const { user, backend } = await open();
    await user.click(get(TestId.helpOnThis));
    expect(get(TestId.helpView).dataset['about']).toBe('sql');
    await user.click(screen.getAllByTestId(TestId.runExample)[1] as HTMLElement);
    await waitFor(() => expect(backend.requests).toHaveLength(1));
    expect(backend.requests[0]?.inputs).toMatchObject({
      database: 'shop',
      question: 'What were the total sales for each month of 2025?',
    });
    await screen.findByTestId(TestId.result);
  });

  it('names the checks of an assistant that is a file', async () => {
    const { user } = await open();
    await user.click(get(TestId.showHelp));
    await user.click(get(helpTestId('email')));
    await waitFor(() => expect(get(TestId.helpTrust).querySelectorAll('ul li').length).toBe(2));
  });

  it('is asked for by a key, about what is in hand', async () => {
    const { user, desk } = await open();
    desk.choose('chess');
    await user.keyboard('{F1}');
    expect((await screen.findByTestId(TestId.helpView)).dataset['about']).toBe('chess');
  });
});
