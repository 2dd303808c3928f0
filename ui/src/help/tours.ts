/** What can be looked at before any model is here: each leads to a real part of the desk. */
import type { Desk } from '../desk.svelte';
import type { Key } from '../i18n/message';

export interface Tour {
  readonly id: string;
  readonly icon: string;
  readonly hue: number;
  readonly title: Key;
  readonly text: Key;
  /** Assistants that it needs; it is not shown where one is missing. */
  readonly needs: readonly string[];
  readonly run: (desk: Desk) => void | Promise<void>;
}

/** Fills an example in and runs it. */
export async function runExample(desk: Desk, assistant: string, index: number): Promise<void> {
  desk.choose(assistant);
  const example = desk.form?.description.examples[index];
  if (!example || !desk.form) return;
  desk.runs.lay();
  desk.form.clear();
  desk.form.fill(example);
  await desk.run();
}

export const TOURS: readonly Tour[] = [
  {
    id: 'books',
    icon: 'book-open',
    hue: 30,
    title: 'tour.books',
    text: 'tour.books.text',
    needs: [],
    run: async (desk) => {
      desk.place = 'books';
      await desk.book.openSample();
    },
  },
  {
    id: 'shop',
    icon: 'database',
    hue: 185,
    title: 'tour.shop',
    text: 'tour.shop.text',
    needs: ['sql'],
    run: (desk) => {
      const sample = desk.info?.samples[0]?.name ?? '';
      desk.choose('sql');
      desk.runs.lay();
      desk.form?.set('database', sample);
      if (!desk.schema.isOpen) desk.toggleSchema(sample);
    },
  },
  {
    id: 'chess',
    icon: 'crown',
    hue: 145,
    title: 'tour.chess',
    text: 'tour.chess.text',
    needs: ['chess'],
    run: (desk) => runExample(desk, 'chess', 0),
  },
  {
    id: 'equation',
    icon: 'sigma',
    hue: 265,
    title: 'tour.equation',
    text: 'tour.equation.text',
    needs: ['latex'],
    run: (desk) => runExample(desk, 'latex', 1),
  },
];
