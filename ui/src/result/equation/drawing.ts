/** KaTeX, fetched when an equation is first drawn. */
import type { KatexOptions } from 'katex';

type Draw = (latex: string, element: HTMLElement) => boolean;

/** No macros, no links, no pictures from elsewhere: an equation and nothing else. */
const OPTIONS: KatexOptions = {
  displayMode: true,
  output: 'htmlAndMathml',
  throwOnError: true,
  trust: false,
  strict: 'ignore',
  maxSize: 50,
  maxExpand: 500,
};

let loading: Promise<Draw> | null = null;

/** Something that draws LaTeX into an element, and says whether it could. */
export function loadDraw(): Promise<Draw> {
  loading ??= (async () => {
    const [{ default: katex }] = await Promise.all([
      import('katex'),
      import('katex/dist/katex.min.css'),
    ]);
    return (latex, element) => {
      try {
        katex.render(latex, element, OPTIONS);
        return true;
      } catch {
        element.replaceChildren();
        return false;
      }
    };
  })();
  return loading;
}
