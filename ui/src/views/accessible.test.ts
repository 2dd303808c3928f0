/**
 * Every view in every language against the rules of accessibility that need no layout. Contrast, in
 * each theme, is judged by the tokens' tests and in the real window.
 */
import { screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { describe, it } from 'vitest';

import { manyAssistants } from '../backend/scripted/assistants';
import { services } from '../backend/scripted/offices';
import { past } from '../backend/scripted/past';
import { manyModels } from '../backend/scripted/shop';
import { used } from '../backend/scripted/spending';
import type { Desk } from '../desk.svelte';
import { LANGUAGES } from '../i18n/message';
import { expectAccessible, openWindow } from '../testing/desk';
import { TestId } from '../testids';

const VIEWS: Readonly<Record<string, readonly [part: string, show: (desk: Desk) => void]>> = {
  welcome: [TestId.welcome, (desk) => desk.showWelcome()],
  work: [TestId.form, (desk) => desk.choose('sql')],
  'work of many fields': [TestId.form, (desk) => desk.choose('offer')],
  conversation: [TestId.chat, (desk) => desk.choose('chat')],
  gallery: [TestId.galleryView, (desk) => desk.showGallery()],
  builder: [TestId.builder, (desk) => desk.workshop?.begin()],
  books: [TestId.bookshelf, (desk) => desk.showBooks()],
  models: [TestId.modelsView, (desk) => desk.showModels()],
  usage: [TestId.usageTable, (desk) => desk.showUsage()],
  settings: [TestId.settingsView, (desk) => desk.showSettings()],
  help: [TestId.helpView, (desk) => desk.showHelp(null)],
  'help on one': [TestId.helpTrust, (desk) => desk.showHelp('sql')],
  palette: [TestId.paletteInput, (desk) => desk.shell.toggle('palette')],
  'cheat sheet': [TestId.cheatSheet, (desk) => desk.shell.toggle('keys')],
};

describe.each(LANGUAGES)('in %s', (language) => {
  it.each(Object.entries(VIEWS))(
    'the view %s can be used by everybody',
    async (_, [part, show]) => {
      const { desk } = await openWindow(
        {
          assistants: manyAssistants,
          history: past(language),
          models: manyModels,
          services,
          canMake: true,
          usage: used,
          unpriced: ['attic'],
        },
        language,
      );
      show(desk);
      await screen.findByTestId(part);
      await tick();
      await expectAccessible(document.body);
      desk.preferences.language = 'en';
    },
  );
});
