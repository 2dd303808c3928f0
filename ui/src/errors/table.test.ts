import { afterEach, describe, expect, it } from 'vitest';

import type { Code, Fault } from '../backend/bindings';
import { LANGUAGES } from '../i18n/message';
import { words } from '../i18n/words.svelte';
import { entryOf, faults, heading, help } from './table';

const codes = Object.keys(faults) as Code[];
const fault = (code: string, details: Fault['details'] = {}): Fault => ({
  code: code as Code,
  sentence: 'The desk said so.',
  details,
});

afterEach(() => {
  words.language = 'en';
});

describe.each(LANGUAGES)('in %s', (language) => {
  it.each(codes)('%s has words', (code) => {
    words.language = language;
    expect(heading(fault(code)).length).toBeGreaterThan(2);
    expect(help(fault(code)).length).toBeGreaterThan(2);
  });
});

it('puts the details into the sentence', () => {
  const tooLong = fault('input-too-long', { input: 'question', length: '100000', limit: '4000' });
  expect(help(tooLong)).toBe('It has 100,000 characters and may have 4,000. Please shorten it.');
});

it('takes a code of a newer desk as a mistake of ours', () => {
  expect(entryOf(fault('something-new'))).toBe(faults.internal);
  expect(entryOf(fault('constructor'))).toBe(faults.internal);
});

it('offers a download exactly where the model is what is missing', () => {
  const offered = codes.filter((code) => faults[code].action === 'download');
  expect(offered.sort()).toEqual(['download-failed', 'model-corrupt', 'model-missing']);
});
