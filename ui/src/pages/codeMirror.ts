/** CodeMirror for reading: HTML and CSS in the colours of the tokens, nothing that can be changed. */
import { css } from '@codemirror/lang-css';
import { html } from '@codemirror/lang-html';
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorState } from '@codemirror/state';
import { EditorView, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';

export type ReadOnlyLanguage = 'html' | 'css';

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.tagName], color: 'var(--code-keyword)', fontWeight: '600' },
  { tag: [tags.string, tags.attributeValue], color: 'var(--code-string)' },
  { tag: [tags.number, tags.color, tags.unit], color: 'var(--code-number)' },
  { tag: [tags.attributeName, tags.propertyName, tags.className], color: 'var(--code-function)' },
  { tag: tags.comment, color: 'var(--code-comment)', fontStyle: 'italic' },
]);

const look = EditorView.theme({
  '&': { color: 'var(--code-name)', backgroundColor: 'transparent', fontSize: 'var(--text-sm)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.55', maxHeight: '34rem' },
  '.cm-gutters': { background: 'transparent', color: 'var(--ink-faint)', border: 'none' },
});

/** Shows code in `parent`; what it gives back takes it away again. */
export function showCode(
  parent: HTMLElement,
  doc: string,
  language: ReadOnlyLanguage,
  label: string,
): () => void {
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc,
      extensions: [
        EditorState.readOnly.of(true),
        lineNumbers(),
        language === 'css' ? css() : html(),
        syntaxHighlighting(colours),
        look,
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ 'aria-label': label }),
      ],
    }),
  });
  return () => view.destroy();
}
