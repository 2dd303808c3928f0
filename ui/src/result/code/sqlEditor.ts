/** CodeMirror set up for a statement: colours from the tokens, keys as everywhere, no more. */
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { PostgreSQL, sql, SQLite, MySQL, type SQLDialect } from '@codemirror/lang-sql';
import { bracketMatching } from '@codemirror/language';
import { EditorState } from '@codemirror/state';
import { drawSelection, EditorView, keymap } from '@codemirror/view';

import { codeLook } from './look';

const DIALECTS: Record<string, SQLDialect> = { sqlite: SQLite, postgres: PostgreSQL, mysql: MySQL };

export interface EditorOptions {
  parent: HTMLElement;
  doc: string;
  dialect: string;
  label: string;
  onchange: (text: string) => void;
  onrun: () => void;
}

export function createEditor(options: EditorOptions): EditorView {
  const run = (): boolean => {
    options.onrun();
    return true;
  };
  return new EditorView({
    parent: options.parent,
    state: EditorState.create({
      doc: options.doc,
      extensions: [
        // Tab moves on, as in every form; it does not indent.
        keymap.of([{ key: 'Mod-Enter', run }, ...defaultKeymap, ...historyKeymap]),
        history(),
        drawSelection(),
        bracketMatching(),
        sql({ dialect: DIALECTS[options.dialect] ?? SQLite }),
        codeLook,
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ 'aria-label': options.label, spellcheck: 'false' }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) options.onchange(update.state.doc.toString());
        }),
      ],
    }),
  });
}
