// @vitest-environment node
import { expect, it } from 'vitest';

const sources = import.meta.glob<string>('../**/*.{svelte,ts,css}', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const COLOUR = /#[0-9a-f]{3,8}\b(?![\w-])|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\(/i;

const components = Object.entries(sources).filter(
  ([path]) =>
    !path.endsWith('tokens.css') &&
    !path.endsWith('contrast.css') &&
    !path.includes('.test.') &&
    !path.endsWith('oklch.ts') &&
    // Words that name a colour, and work whose colours are a person's own.
    !/\/(i18n|backend\/scripted|dev)\//.test(path),
);

it('sees the components', () => {
  expect(components.length).toBeGreaterThan(40);
});

it.each(components)('%s takes its colours from the tokens', (_, source) => {
  const bare = source.replaceAll(/\{#|#\/kit|'#[a-z]/g, '');
  expect(bare.match(COLOUR)?.[0]).toBeUndefined();
});
