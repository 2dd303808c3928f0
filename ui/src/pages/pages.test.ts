import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import type { RunRequest } from '../backend/backend';
import type { Artifact } from '../backend/bindings';
import { page } from '../backend/scripted/pages';
import { answered, type Play } from '../backend/scripted/plays';
import { expectAccessible, openWindow, type Opened } from '../testing/desk';
import { TestId } from '../testids';
import { planOf } from './plan';
import { preview, sampleDocument } from './preview';
import { base64Of } from './save';

const making =
  (artifact: Artifact) =>
  (run: string, request: RunRequest): Play => {
    const play = answered(run, request);
    return { ...play, report: { ...play.report, artifact, confidence: null } };
  };

async function open(artifact: Artifact): Promise<Opened> {
  const opened = await openWindow({ play: making(artifact) });
  await opened.user.click(screen.getAllByTestId(TestId.exampleChip)[0] as HTMLElement);
  await opened.user.click(screen.getByTestId(TestId.runButton));
  await screen.findByTestId(TestId.result);
  return opened;
}

const frame = (): HTMLIFrameElement => screen.getByTestId<HTMLIFrameElement>(TestId.pageFrame);

describe('the preview', () => {
  it('keeps a page from doing anything', () => {
    const shown = preview('<html><head><title>A</title></head><body></body></html>', 'light');
    expect(shown.indexOf('Content-Security-Policy')).toBeLessThan(shown.indexOf('<title>'));
    expect(shown).toContain("default-src 'none'");
    expect(preview('no head at all', 'light')).toContain('Content-Security-Policy');
    expect(sampleDocument('<b>x</b>', 'a{} </style><script>', 'dark')).not.toContain(
      '</style><script',
    );
  });

  it('shows day and night whatever the system prefers', () => {
    const html = '<head></head>@media screen and (prefers-color-scheme: dark) {}';
    expect(preview(html, 'dark')).toContain('@media all {}');
    expect(preview(html, 'light')).toContain('@media not all {}');
  });

  it('reads a plan, and does without a damaged one', () => {
    expect(planOf(page.plan ?? '')?.sections).toHaveLength(2);
    expect(planOf('{')).toBeNull();
    expect(planOf('[]')).toBeNull();
  });

  it('writes any text as base64', () => {
    expect(base64Of('頁')).toBe(btoa(String.fromCharCode(0xe9, 0xa0, 0x81)));
  });
});

describe('a page on the desk', () => {
  it('is shown in a frame without rights', async () => {
    await open({ kind: 'page', ...page });
    expect(frame().getAttribute('sandbox')).toBe('');
    expect(frame().srcdoc).toContain('Warm by seven');
  });

  it('is changed by hand, back and forth', async () => {
    const { user, backend } = await open({ kind: 'page', ...page });
    await user.click(screen.getByRole('tab', { name: 'Change' }));
    const panel = await screen.findByTestId(TestId.pageEdit);
    await waitFor(() => expect(within(panel).getAllByTestId(TestId.pagePalette)).toHaveLength(2));
    await user.click(within(panel).getAllByTestId(TestId.pagePalette)[1] as HTMLElement);
    await waitFor(() => expect(backend.pageEdits).toHaveLength(1));
    expect(backend.pageEdits[0]).toMatchObject({ do: 'theme', palette: 'ocean' });
    await user.click(screen.getByRole('tab', { name: 'Preview' }));
    expect(frame().srcdoc).toContain(' *</title>');
    await user.click(screen.getByTestId(TestId.pageUndo));
    expect(frame().srcdoc).not.toContain(' *</title>');
    await user.click(screen.getByTestId(TestId.pageRedo));
    expect(frame().srcdoc).toContain(' *</title>');
  });

  it('says what was audited', async () => {
    const { user, page: drawn } = await open({ kind: 'page', ...page });
    await user.click(screen.getByRole('tab', { name: 'Checked' }));
    const audit = await screen.findByTestId(TestId.pageAudit);
    expect(audit.textContent).toContain('Flour and Salt');
    expect(audit.querySelectorAll('[data-passed="false"]')).toHaveLength(1);
    // No frame is drawn here, into which axe could not look.
    await expectAccessible(drawn.container);
  });

  it('is saved as one file', async () => {
    const { user, backend } = await open({ kind: 'page', ...page });
    await user.click(screen.getByTestId(TestId.pageExport));
    await waitFor(() => expect(backend.saved).toHaveLength(1));
    expect(backend.saved[0]).toEqual({
      path: '/home/you/Flour and Salt.html',
      base64: base64Of(page.html),
    });
  });
});

describe('a look', () => {
  it('is shown on its sample, with its variants', async () => {
    await open({
      kind: 'css',
      css: '.button { color: red }',
      sample_html: '<button class="button">Go</button>',
      variants: ['.button { color: blue }'],
      support: 'Everything.',
      draft: false,
    });
    const frames = screen.getAllByTestId<HTMLIFrameElement>(TestId.cssFrame);
    expect(frames).toHaveLength(2);
    expect(frames[0]?.getAttribute('sandbox')).toBe('');
    expect(frames[1]?.srcdoc).toContain('color: blue');
  });
});
