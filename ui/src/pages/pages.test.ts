import { EditorView } from '@codemirror/view';
import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';

import type { RunRequest } from '../backend/backend';
import type { Artifact } from '../backend/bindings';
import { page } from '../backend/scripted/pages';
import { answered, type Play } from '../backend/scripted/plays';
import { expectAccessible, openWindow, type Opened } from '../testing/desk';
import { TestId } from '../testids';
import { follow, markDifferences } from './comparing.svelte';
import { planOf } from './plan';
import { EMPTY, preview, sampleDocument, SANDBOX, showIn } from './preview';
import { styleSheetOf } from './save';

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
/** What the frame shows. */
const drawn = (): string => frame().contentDocument?.documentElement.outerHTML ?? '';
const shows = (text: string): Promise<void> => waitFor(() => expect(drawn()).toContain(text));

const editorIn = (place: HTMLElement): EditorView | null => {
  const editor = place.querySelector<HTMLElement>('.cm-editor');
  return editor ? EditorView.findFromDOM(editor) : null;
};

/** Clicks on a part of the page: nothing is laid out here, so what lies at the point is said. */
async function click({ user }: Opened, part: string): Promise<void> {
  await shows(part);
  const page = frame().contentDocument as Document;
  page.elementFromPoint = () => page.querySelector(`[data-part="${part}"]`);
  await user.click(screen.getByTestId(TestId.pageGlass));
  await waitFor(() => expect(screen.getByTestId(TestId.pageBar).dataset['part']).toBe(part));
}

describe('the preview', () => {
  it('keeps a page from doing anything', () => {
    expect(SANDBOX).not.toContain('scripts');
    expect(EMPTY).toContain("default-src 'none'");
    expect(sampleDocument('<b>x</b>', 'a{} </style><script>', 'dark')).not.toContain(
      '</style><script',
    );
    const opened = document.body.appendChild(document.createElement('iframe'));
    showIn(
      opened,
      '<base href="//x"><meta http-equiv="refresh" content="0;//x"><script>1</script><iframe></iframe><p>Kept</p><a href="#x">A</a>',
    );
    const html = opened.contentDocument?.documentElement.outerHTML ?? '';
    expect(html).toContain('Kept');
    expect(html).not.toMatch(/<(base|meta|script|iframe)/);
    expect(html).toContain('tabindex="-1"');
    opened.remove();
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

  it('takes the style sheet out of a page', () => {
    expect(styleSheetOf('<style>\n    a {\n      b: c;\n    }\n  </style>')).toBe(
      'a {\n  b: c;\n}\n',
    );
    expect(styleSheetOf('no style')).toBe('\n');
  });
});

describe('two versions', () => {
  const parsed = (html: string): Document => new DOMParser().parseFromString(html, 'text/html');
  const marked = (page: Document): (string | null)[] =>
    [...page.querySelectorAll('[data-differs]')].map((one) => one.getAttribute('data-part'));

  it('are marked where they differ', () => {
    const hero = (words: string, tone = ''): string =>
      `<section class="hero ${tone}" data-part="hero"><h1 data-part="hero/heading/0">${words}</h1><p data-part="hero/lead/0">Come.</p></section>`;
    const faq = '<section data-part="faq"><p data-part="faq/title/0">Why?</p></section>';
    const [before, after] = [parsed(hero('One')), parsed(hero('Two') + faq)];
    expect(markDifferences(before, after, 'teal')).toBe(2);
    expect(marked(before)).toEqual(['hero/heading/0']);
    // Of a section that is new, the section alone.
    expect(marked(after)).toEqual(['hero/heading/0', 'faq']);
    expect(after.head.textContent).toContain('teal');
    // Held against another one, the marks of the first are gone.
    expect(markDifferences(after, parsed(hero('Two') + faq), 'teal')).toBe(0);
    expect(marked(after)).toEqual([]);
    const dark = parsed(hero('One', 'deep'));
    expect(markDifferences(parsed(hero('One')), dark, 'teal')).toBe(1);
    expect(marked(dark)).toEqual(['hero']);
    expect(markDifferences(parsed(faq), parsed(faq), 'teal')).toBe(0);
  });

  it('scroll together, each by its own height', () => {
    const view = (scrollHeight: number, scrollY: number): Window & { went: number } => {
      const fake = {
        document: { documentElement: { scrollHeight } },
        innerHeight: 500,
        scrollX: 0,
        scrollY,
        went: -1,
        scrollTo: ({ top }: { top: number }) => (fake.went = top),
      };
      return fake as unknown as Window & { went: number };
    };
    const other = view(3500, 0);
    follow(view(1500, 500), other);
    expect(other.went).toBe(1500);
    const short = view(400, 0);
    follow(view(1500, 0), short);
    expect(short.went).toBe(-1);
  });
});

describe('a page on the desk', () => {
  it('is shown in a frame in which no script runs', async () => {
    await open({ kind: 'page', ...page });
    expect(frame().getAttribute('sandbox')).toBe(SANDBOX);
    expect(frame().getAttribute('srcdoc')).toBe(EMPTY);
    await shows('Warm by seven');
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
    await shows(' *</title>');
    await user.click(screen.getByTestId(TestId.pageUndo));
    await waitFor(() => expect(drawn()).not.toContain(' *</title>'));
    await user.click(screen.getByTestId(TestId.pageRedo));
    await shows(' *</title>');
  });

  it('is written over where it is clicked on', async () => {
    const opened = await open({ kind: 'page', ...page });
    const { user, backend } = opened;
    await click(opened, 'hero/heading/0');
    const words = screen.getByTestId<HTMLTextAreaElement>(TestId.pageWords);
    expect(words.value).toBe('Warm by seven');
    await user.clear(words);
    await user.type(words, 'Warm by six{Enter}');
    await waitFor(() => expect(backend.pageEdits).toHaveLength(1));
    expect(backend.pageEdits[0]).toEqual({
      do: 'text',
      section: 'hero',
      field: 'heading',
      item: 0,
      text: 'Warm by six',
    });
    expect(screen.queryByTestId(TestId.pageWords)).toBeNull();
  });

  it('is let go of without a change', async () => {
    const opened = await open({ kind: 'page', ...page });
    const { user, backend } = opened;
    await click(opened, 'hero/heading/0');
    await user.type(screen.getByTestId(TestId.pageWords), ' or so');
    // The page makes room for what is being written.
    expect(drawn()).toContain('Warm by seven or so');
    await user.type(screen.getByTestId(TestId.pageWords), '{Escape}');
    await waitFor(() => expect(screen.queryByTestId(TestId.pageWords)).toBeNull());
    expect(backend.pageEdits).toHaveLength(0);
    expect(drawn()).not.toContain('or so');
  });

  it('has its sections changed where they are clicked on', async () => {
    const opened = await open({ kind: 'page', ...page });
    const { user, backend } = opened;
    await click(opened, 'hero');
    const bar = within(screen.getByTestId(TestId.pageBar));
    const tools = bar.getAllByTestId(TestId.pageTool).map(({ dataset }) => dataset['tool']);
    expect(tools).toEqual(['layout', 'tone']);
    await user.click(bar.getAllByTestId(TestId.pageTool)[1] as HTMLElement);
    await waitFor(() => expect(backend.pageEdits).toHaveLength(1));
    expect(backend.pageEdits[0]).toEqual({ do: 'tone', section: 'hero', tone: 'tint' });
    await click(opened, 'hero/picture/0');
    expect(bar.getByTestId(TestId.pageMotif).textContent).toContain('coffee');
    await user.click(bar.getByRole('button', { name: 'Put in your own picture' }));
    await waitFor(() => expect(backend.pageEdits).toHaveLength(2));
    expect(backend.pageEdits[1]).toMatchObject({ do: 'photo', section: 'hero', item: 0 });
  });

  it('is changed by words, and can be taken back from that', async () => {
    const opened = await open({ kind: 'page', ...page });
    const { user, backend } = opened;
    await click(opened, 'hero/heading/0');
    await user.type(screen.getByTestId(TestId.pageWish), 'shorter{Enter}');
    await waitFor(() => expect(backend.requests).toHaveLength(2));
    expect(backend.requests[1]).toMatchObject({
      assistant: 'page',
      inputs: { plan: page.plan, instruction: 'shorter', about: 'hero/heading/0' },
    });
    // The scripted run gives the same page again, and that is said.
    await screen.findByText('Nothing was changed.');
    expect(screen.getByTestId<HTMLButtonElement>(TestId.pageUndo).disabled).toBe(true);
  });

  it('is written over in its code, if that passes', async () => {
    const { user } = await open({ kind: 'page', ...page });
    await user.click(screen.getByRole('tab', { name: 'Code' }));
    const editor = await waitFor(() => {
      const view = editorIn(screen.getByTestId(TestId.pageCode));
      expect(view).not.toBeNull();
      return view as EditorView;
    });
    const write = (old: string, text: string): void => {
      const from = editor.state.doc.toString().indexOf(old);
      editor.dispatch({ changes: { from, to: from + old.length, insert: text } });
    };
    write('Warm by seven', 'Warm by six');
    await shows('Warm by six');
    // What does not pass takes the place of nothing, and is not lost.
    write('<main>', '<main><script>');
    const wrong = await screen.findByTestId(TestId.pageCodeWrong);
    expect(wrong.textContent).toContain('Network');
    expect(drawn()).toContain('Warm by six');
    expect(editor.state.doc.toString()).toContain('<script>');
    await user.click(screen.getByRole('tab', { name: 'Preview' }));
    await user.click(screen.getByRole('tab', { name: 'Code' }));
    await waitFor(() => {
      const text = editorIn(screen.getByTestId(TestId.pageCode))?.state.doc.toString();
      expect(text).toContain('<script>');
    });
    await screen.findByTestId(TestId.pageCodeWrong);
    // All that was written in one go is one step back.
    await user.click(screen.getByTestId(TestId.pageUndo));
    await shows('Warm by seven');
    expect(screen.getByTestId<HTMLButtonElement>(TestId.pageUndo).disabled).toBe(true);
    await waitFor(() => {
      const text = editorIn(screen.getByTestId(TestId.pageCode))?.state.doc.toString();
      expect(text).toContain('Warm by seven');
      expect(text).not.toContain('<script>');
    });
  });

  it('is kept as code where it has no plan any more', async () => {
    const { user, backend } = await open({ kind: 'page', ...page });
    await user.click(screen.getByRole('tab', { name: 'Code' }));
    const view = await waitFor(() => {
      const found = editorIn(screen.getByTestId(TestId.pageCode));
      expect(found).not.toBeNull();
      return found as EditorView;
    });
    view.dispatch({ changes: { from: view.state.doc.length, insert: '<!-- mine -->' } });
    await user.click(await screen.findByTestId(TestId.pageKeep));
    await waitFor(() => expect(backend.requests).toHaveLength(2));
    expect(backend.requests[1]?.inputs['html']).toContain('<!-- mine -->');
    await user.click(screen.getByRole('tab', { name: 'Preview' }));
    await screen.findByText(/cannot be clicked on any more/);
  });

  it('is held against another version of itself', async () => {
    const { user } = await open({ kind: 'page', ...page });
    await user.click(screen.getByRole('tab', { name: 'Change' }));
    const panel = await screen.findByTestId(TestId.pageEdit);
    await waitFor(() => expect(within(panel).getAllByTestId(TestId.pagePalette)).toHaveLength(2));
    await user.click(within(panel).getAllByTestId(TestId.pagePalette)[1] as HTMLElement);
    await user.click(screen.getByRole('tab', { name: 'Preview' }));
    await shows(' *</title>');
    await user.click(screen.getByRole('tab', { name: 'Compare' }));
    const frames = (): (Document | null)[] =>
      screen
        .getAllByTestId<HTMLIFrameElement>(TestId.pageCompareFrame)
        .map((one) => one.contentDocument);
    await waitFor(() => {
      expect(frames().map((one) => one?.title)).toEqual(['Flour and Salt', 'Flour and Salt *']);
    });
    const compare = screen.getByTestId(TestId.pageCompare);
    await waitFor(() => expect(compare.dataset['differences']).toBe('0'));
    expect(screen.getByTestId(TestId.pageCompareBefore).textContent).toContain('As it was made');
    expect(screen.getByTestId(TestId.pageCompareAfter).textContent).toContain('Look');
    await user.click(screen.getByRole('button', { name: 'Go on with this one' }));
    await user.click(screen.getByRole('tab', { name: 'Preview' }));
    await waitFor(() => expect(drawn()).not.toContain(' *</title>'));
    expect(screen.getByTestId<HTMLButtonElement>(TestId.pageRedo).disabled).toBe(false);
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
    await user.click(screen.getByTestId(TestId.pageExportMenu));
    await user.click(await screen.findByTestId(TestId.pageExport));
    await waitFor(() => expect(backend.saved).toHaveLength(1));
    expect(backend.saved[0]).toEqual({
      path: '/home/you/Flour and Salt.html',
      page: 'html',
      html: page.html,
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
