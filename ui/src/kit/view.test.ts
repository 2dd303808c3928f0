import { render, screen } from '@testing-library/svelte';
import { createRawSnippet } from 'svelte';
import { describe, expect, it } from 'vitest';

import Button from './Button.svelte';
import View from './View.svelte';

const words = (text: string) => createRawSnippet(() => ({ render: () => `<p>${text}</p>` }));

describe('the frame of a view', () => {
  it('has its name, its tools, and a column that scrolls', () => {
    const { container } = render(View, {
      title: 'Models',
      tools: words('a tool'),
      width: 'wide',
      testid: 'models-view',
      'data-about': 'all',
      children: words('what there is'),
    });
    const main = screen.getByTestId('models-view');
    expect([main.tagName, main.dataset['about'], main.title]).toEqual(['MAIN', 'all', '']);
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Models');
    expect(container.querySelector('header')?.textContent).toContain('a tool');
    expect(container.querySelector('.scroll > .column.wide')?.textContent).toBe('what there is');
  });

  it('leaves the room to what arranges itself, and the name to a choice', () => {
    const { container } = render(View, {
      title: 'A quick question',
      name: words('whom'),
      free: true,
      children: words('a talk'),
    });
    expect(container.querySelector('.column')).toBeNull();
    expect(screen.queryByRole('heading')).toBeNull();
    expect(container.querySelector('header')?.textContent).toContain('whom');
  });
});

it('a button keeps the name that it was given in either way', () => {
  render(Button, { 'aria-label': 'Close' });
  render(Button, { label: 'Open' });
  expect(screen.getByRole('button', { name: 'Close' })).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Open' })).toBeTruthy();
});
