/** CodeMirror for a program: coloured once its language is there; to be read, or also to be changed. */
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching } from '@codemirror/language';
import { Compartment, EditorState } from '@codemirror/state';
import { drawSelection, EditorView, keymap, lineNumbers } from '@codemirror/view';

import { languageOf } from './languages';
import { codeLook } from './look';

export interface CodeOptions {
  parent: HTMLElement;
  doc: string;
  language: string;
  label: string;
  /** Lines are numbered from here on; a snippet needs no numbers. */
  numbersFrom?: number;
  /** Without it the code can only be read. */
  onchange?: (text: string) => void;
}

const NUMBERS_FROM = 8;

export function createCode({
  parent,
  doc,
  language,
  label,
  numbersFrom = NUMBERS_FROM,
  onchange,
}: CodeOptions): EditorView {
  const colouring = new Compartment();
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc,
      extensions: [
        keymap.of([...defaultKeymap, ...historyKeymap]),
        history(),
        drawSelection(),
        bracketMatching(),
        colouring.of([]),
        codeLook,
        EditorView.lineWrapping,
        EditorState.readOnly.of(!onchange),
        doc.split('\n').length >= numbersFrom ? lineNumbers() : [],
        EditorView.contentAttributes.of({
          'aria-label': label,
          spellcheck: 'false',
          // What scrolls must be reached by keyboard, also where it can only be read.
          tabindex: '0',
        }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) onchange?.(update.state.doc.toString());
        }),
      ],
    }),
  });
  void languageOf(language).then((extension) =>
    view.dispatch({ effects: colouring.reconfigure(extension) }),
  );
  return view;
}
