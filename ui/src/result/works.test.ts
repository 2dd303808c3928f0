import { screen, waitFor, within } from '@testing-library/svelte';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';

import { workScenes } from '../dev/works';
import * as works from '../backend/scripted/works';
import { expectAccessible, openWindow } from '../testing/desk';
import { TestId } from '../testids';

const get = (id: string): HTMLElement => screen.getByTestId(id);

/** The result of a scene, as it stands in the window. */
async function show(name: string) {
  const scene = workScenes[name];
  if (!scene) throw new Error(`no scene is called ${name}`);
  const opened = await openWindow(scene.script);
  opened.desk.choose(scene.assistant);
  const example = opened.desk.form?.description.examples[0];
  if (example) opened.desk.form?.fill(example);
  for (const [field, value] of Object.entries(scene.inputs ?? {}))
    opened.desk.form?.set(field, value);
  await opened.desk.run();
  await screen.findByTestId(TestId.result);
  return { ...opened, clipboard: () => navigator.clipboard.readText() };
}

describe.each(Object.keys(workScenes).filter((name) => !workScenes[name]?.isLive))(
  'the scene %s',
  (name) => {
    it('can be used by everyone', async () => {
      const { page } = await show(name);
      await expectAccessible(page.container);
    });
  },
);

describe('an equation', () => {
  it('is drawn, said aloud and copied', async () => {
    const { user, clipboard } = await show('equation');
    await waitFor(() => expect(get(TestId.equation).dataset['state']).toBe('drawn'));
    expect(get(TestId.equation).getAttribute('aria-label')).toBe(works.equation.spoken);
    expect(get(TestId.equation).querySelector('.katex')).toBeTruthy();
    await user.click(get(TestId.copyResult));
    expect(await clipboard()).toBe(works.equation.latex);
  });

  it('shows its source in three languages', async () => {
    const { user } = await show('equation');
    expect(get(TestId.code).textContent).toContain('\\frac');
    await user.click(screen.getByRole('tab', { name: 'MathML' }));
    await waitFor(() => expect(get(TestId.code).textContent).toContain('<math'));
  });

  it('that cannot be drawn shows its source, as the draft that it is', async () => {
    await show('equation-unsure');
    await waitFor(() => expect(get(TestId.equation).dataset['state']).toBe('faulty'));
    expect(get(TestId.equation).textContent).toContain('\\int_0');
    expect(get(TestId.errorState).textContent).toContain('The draft was kept');
  });
});

describe('a command', () => {
  it('is copied, and each part says what it does', async () => {
    const { user, clipboard } = await show('command');
    const command = get(TestId.command);
    expect(command.dataset['risk']).toBe('reads');
    expect(command.querySelector('pre')?.textContent).toBe(works.reads.command);
    const part = within(command).getByRole('button', { name: '-type f' });
    const about = part.getAttribute('aria-describedby') ?? '';
    expect(document.getElementById(about)?.textContent?.trim()).toBe('only files, no folders');
    await user.click(get(TestId.copyResult));
    expect(await clipboard()).toBe(works.reads.command);
  });

  it('that can do harm says so before it is copied', async () => {
    await show('command-danger');
    const command = get(TestId.command);
    expect(command.textContent).toContain('Can do harm');
    expect(within(command).getByRole('list', { name: 'Before you run it' }).children).toHaveLength(
      2,
    );
  });
});

describe('a program', () => {
  it('shows its files, and what was found out', async () => {
    const { user } = await show('code');
    expect(get(TestId.findings).textContent).toContain('5 925 000');
    await user.click(screen.getByRole('tab', { name: 'requirements.txt' }));
    await waitFor(() => expect(get(TestId.code).textContent).toContain('tensorflow'));
  });

  it('is saved as one file, and whole', async () => {
    const { user, backend } = await show('code');
    await user.click(get(TestId.saveFile));
    await waitFor(() => expect(backend.saved).toHaveLength(1));
    expect(backend.saved[0]?.path).toBe('/home/you/train.py');
    expect(atob(backend.saved[0]?.base64 ?? '')).toContain('import keras');
    await user.click(get(TestId.saveZip));
    await waitFor(() => expect(backend.saved).toHaveLength(2));
    const bytes = Uint8Array.from(atob(backend.saved[1]?.base64 ?? ''), (one) => one.charCodeAt(0));
    const files = unzipSync(bytes);
    expect(Object.keys(files)).toEqual(['train.py', 'requirements.txt', 'README.md']);
    expect(strFromU8(files['requirements.txt'] as Uint8Array)).toContain('keras==');
  });
});

describe('a text', () => {
  it('keeps its line breaks and is copied', async () => {
    const { user, clipboard } = await show('text');
    await user.click(get(TestId.copyResult));
    expect(await clipboard()).toBe(works.letter.text);
  });

  it('in Markdown never becomes markup', async () => {
    await show('markdown');
    const text = get(TestId.text);
    expect(text.querySelector('strong')?.textContent).toBe('new warehouse');
    expect(text.textContent).toContain('<b onclick="alert(1)">');
    expect(text.querySelector('a, b, script, img, [onclick]')).toBeNull();
  });

  it('that is a table stands as one, and is copied as one', async () => {
    const { user, clipboard } = await show('table');
    const rows = within(get(TestId.textTable)).getAllByRole('row');
    expect(rows).toHaveLength(5);
    expect(get(TestId.textTable).querySelector('[data-value="3.5"]')).toBeTruthy();
    await user.click(get(TestId.copyResult));
    expect(await clipboard()).toContain('Margaret\tAsk three carriers for offers\t2026-12-04\t3.5');
  });

  it('that is a quiz is taken as one, and copied as it stands on paper', async () => {
    const { user, clipboard } = await show('quiz');
    const quiz = within(get(TestId.quiz));
    await user.click(quiz.getByRole('button', { name: /The workers/ }));
    expect(quiz.getByRole('button', { name: /The queen: right/ })).toBeTruthy();
    await user.click(quiz.getByRole('button', { name: /By dancing/ }));
    expect(get(TestId.text).textContent).toContain('1 of 2 right');
    await user.click(get(TestId.copyResult));
    expect(await clipboard()).toContain('   B. The queen\n');
    expect(await clipboard()).toContain('Key: 1 B, 2 B, 3 A');
  });

  it('of colours says what can be read on them', async () => {
    const { user, clipboard } = await show('palette');
    const swatch = within(get(TestId.palette)).getByRole('button', { name: /#3b2a20/ });
    expect(get(TestId.palette).textContent).toContain('White words 13.7 ✓');
    await user.click(swatch);
    expect(await clipboard()).toBe('#3b2a20');
  });
});
