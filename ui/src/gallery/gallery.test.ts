import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import { manyAssistants } from '../backend/scripted/assistants';
import { expectAccessible, openWindow } from '../testing/desk';
import { assistantTestId, cardTestId, TestId } from '../testids';
import { find } from './find';

const get = (id: string): HTMLElement => screen.getByTestId(id);
const ids = (query: string): string[] => find(manyAssistants, query).map(({ id }) => id);
const openGallery = async (language: 'en' | 'zh-Hans' = 'en') => {
  const opened = await openWindow({ assistants: manyAssistants }, language);
  await opened.user.click(get(TestId.showGallery));
  return opened;
};
const cards = (): string[] =>
  [...get(TestId.galleryView).querySelectorAll<HTMLElement>('[data-card]')].map(
    ({ dataset }) => dataset['testid']?.replace('card-', '') ?? '',
  );

describe('finding an assistant', () => {
  it('goes by its title first, in any language', () => {
    expect(ids('mail')[0]).toBe('email');
    expect(ids('公式')).toContain('latex');
    expect(ids('EQUATION words')).toEqual(['latex']);
  });

  it('wants every word, and finds nothing where there is nothing', () => {
    expect(ids('equation zebra')).toEqual([]);
    expect(ids('xyzzy')).toEqual([]);
  });
});

describe('the gallery', () => {
  it('shows every assistant, by part', async () => {
    const { page } = await openGallery();
    expect(new Set(cards())).toEqual(new Set(manyAssistants.map(({ id }) => id)));
    expect(document.title).toBe('All assistants – Deskhand');
    await expectAccessible(page.container);
  });

  it('is searched as one writes, and Return opens what stands first', async () => {
    const { user } = await openGallery();
    expect(document.activeElement).toBe(get(TestId.gallerySearch));
    await user.keyboard('diagram');
    expect(cards()[0]).toBe('mermaid');
    await user.keyboard('{Enter}');
    await waitFor(() => expect(screen.queryByTestId(TestId.galleryView)).toBeNull());
    expect(document.title).toBe('Diagram – Deskhand');
  });

  it('says so when nothing fits', async () => {
    const { user } = await openGallery();
    await user.keyboard('xyzzy');
    expect(get(TestId.galleryView).textContent).toContain('No assistant fits');
  });

  it('is narrowed to one part', async () => {
    const { user } = await openGallery();
    await user.click(screen.getByRole('radio', { name: 'Design' }));
    expect(cards()).toEqual(['slogans', 'palette', 'page', 'css']);
  });

  it('is gone through by arrow keys', async () => {
    const { user } = await openGallery();
    await user.keyboard('{ArrowDown}{ArrowRight}');
    expect((document.activeElement as HTMLElement).dataset['testid']).toBe(
      `card-${cards()[1] ?? ''}`,
    );
    await user.keyboard('/');
    expect(document.activeElement).toBe(get(TestId.gallerySearch));
  });

  it('keeps what was used lately', async () => {
    const { user } = await openGallery();
    await user.click(get(cardTestId('quiz')));
    await user.click(get(TestId.showGallery));
    expect(cards()[0]).toBe('quiz');
  });
});

describe('the rail', () => {
  it('shows the main ones, and the one in hand where it is none of them', async () => {
    const { user } = await openGallery();
    const rail = within(get(TestId.rail));
    expect(rail.queryByTestId(assistantTestId('quiz'))).toBeNull();
    expect(rail.getByTestId(assistantTestId('sql'))).toBeTruthy();
    await user.click(get(cardTestId('quiz')));
    expect(rail.getByTestId(assistantTestId('quiz')).getAttribute('aria-current')).toBe('page');
  });

  it('takes in what is starred, and lets go of it', async () => {
    const { user, desk } = await openGallery();
    const star = (): HTMLElement =>
      within(get(cardTestId('quiz')).parentElement as HTMLElement).getByTestId(TestId.favourite);
    await user.click(star());
    expect(star().getAttribute('aria-pressed')).toBe('true');
    expect(within(get(TestId.rail)).getByTestId(assistantTestId('quiz'))).toBeTruthy();
    expect(desk.preferences.favourites).toContain('quiz');
    await user.click(star());
    expect(desk.preferences.favourites).not.toContain('quiz');
  });
});
