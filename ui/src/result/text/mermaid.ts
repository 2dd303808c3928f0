/**
 * Diagrams, drawn by Mermaid, which is fetched when the first is drawn.
 *
 * It draws into an SVG without markup of other kinds, which is then shown as a picture: nothing that
 * a model writes into a diagram can reach the page.
 */
import { hexOf } from '../../styles/resolved';

let loading: Promise<typeof import('mermaid').default> | null = null;
let count = 0;

/** The diagram as SVG; nothing where Mermaid does not understand it. */
export async function drawDiagram(source: string, isDark: boolean): Promise<string | null> {
  try {
    loading ??= import('mermaid').then(({ default: mermaid }) => mermaid);
    const mermaid = await loading;
    mermaid.initialize({
      startOnLoad: false,
      securityLevel: 'strict',
      theme: 'base',
      themeVariables: colours(isDark),
      fontFamily: 'sans-serif',
      htmlLabels: false,
      flowchart: { htmlLabels: false },
      suppressErrorRendering: true,
    });
    const { svg } = await mermaid.render(`diagram-${++count}`, source);
    return svg;
  } catch {
    return null;
  }
}

/** The window's own colours, as figures, for Mermaid reckons with them. */
function colours(darkMode: boolean): Record<string, string | boolean> {
  const [sheet, ink, line, wash] = [
    hexOf('--sheet'),
    hexOf('--ink'),
    hexOf('--line-strong'),
    hexOf('--accent-wash'),
  ];
  return {
    darkMode,
    background: sheet,
    primaryColor: sheet,
    primaryTextColor: ink,
    primaryBorderColor: line,
    secondaryColor: wash,
    tertiaryColor: hexOf('--well'),
    lineColor: hexOf('--ink-soft'),
    textColor: ink,
    mainBkg: sheet,
    noteBkgColor: hexOf('--warn-wash'),
    noteTextColor: ink,
    edgeLabelBackground: hexOf('--well'),
  };
}
