/** A window on a scripted desk, drawn and loaded. */
import { configure, getConfig } from '@testing-library/dom';
import { render } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { expect } from 'vitest';

import { Scripted, type Script } from '../backend/scripted/scripted';
import { Desk } from '../desk.svelte';
import { Preferences } from '../preferences/preferences.svelte';
import type { Language } from '../i18n/message';
import { settled } from '../kit/later';
import Window from '../views/Window.svelte';

export interface Opened {
  readonly desk: Desk;
  readonly backend: Scripted;
  readonly user: ReturnType<typeof userEvent.setup>;
  readonly page: { readonly container: HTMLElement };
}

export async function openWindow(script: Script = {}, language: Language = 'en'): Promise<Opened> {
  const preferences = new Preferences();
  preferences.language = language;
  const backend = new Scripted({ pace: 0, ...script });
  const desk = new Desk(backend, preferences);
  followParts();
  const page = render(Window, { desk });
  await desk.load();
  await settled();
  return { desk, backend, user: userEvent.setup(), page };
}

/** Whoever does something sees what came of it, also where a part had to be read first; for one test. */
function followParts(): void {
  const { asyncWrapper } = getConfig();
  configure({
    // A part takes longer to read than one second where everything is translated first.
    asyncUtilTimeout: 10_000,
    asyncWrapper: (act) =>
      asyncWrapper(async () => {
        const done = await act();
        await settled();
        return done;
      }),
  });
}

/** No rule of accessibility that can be judged without a layout is broken. */
export async function expectAccessible(root: Element): Promise<void> {
  const { violations } = await axe.run(root, {
    // Contrast is judged by tokens.test.ts; the page around the window is not part of it.
    rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
  });
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`),
  ).toEqual([]);
}
