// @vitest-environment node
import { expect, it } from 'vitest';

import { hasIcon } from './icons';

const presets = import.meta.glob<string>('../../../assets/presets/**/*.toml', {
  query: '?raw',
  import: 'default',
  eager: true,
});

it('there is an icon for every assistant that comes with the desk', () => {
  const named = Object.entries(presets).map(([path, text]) => ({
    path,
    icon: /^icon\s*=\s*"([^"]+)"/m.exec(text)?.[1] ?? '',
  }));
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter(({ icon }) => !hasIcon(icon))).toEqual([]);
});
