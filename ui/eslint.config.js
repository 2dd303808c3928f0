import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

import noLiteralText from './eslint/no-literal-text.js';
import svelteConfig from './svelte.config.js';

export default ts.config(
  { ignores: ['dist', 'src/backend/bindings.ts'] },
  js.configs.recommended,
  ts.configs.strict,
  svelte.configs.recommended,
  svelte.configs.prettier,
  {
    languageOptions: { globals: globals.browser },
    rules: {
      'no-console': 'error',
      // Dates and sets here are made anew, never changed in place.
      'svelte/prefer-svelte-reactivity': 'off',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
  },
  {
    files: ['src/**/*.svelte'],
    // The kit page shows pieces to developers, in English only, and is never shipped.
    ignores: ['src/kitpage/**'],
    plugins: { deskhand: { rules: { 'no-literal-text': noLiteralText } } },
    rules: { 'deskhand/no-literal-text': 'error' },
  },
  {
    // One door to the desktop: everything else goes through the Backend interface.
    files: ['src/**/*.{ts,svelte}'],
    ignores: ['src/backend/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ group: ['@tauri-apps/*'], message: 'Only src/backend talks to Tauri.' }] },
      ],
    },
  },
);
