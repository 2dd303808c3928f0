/** Why what an assistant makes can be trusted: what holds for its kind, and the checks by name. */
import type { ArtifactKind } from '../backend/bindings';
import type { Key } from '../i18n/message';

/** What is done about every answer of that kind, in the order in which it is done. */
export const TRUST: Record<ArtifactKind, readonly Key[]> = {
  query: ['trust.query.reads', 'trust.query.checked', 'trust.query.compared', 'trust.query.unsure'],
  books: ['trust.books.code', 'trust.books.balance', 'trust.books.marked', 'trust.books.kept'],
  page: ['trust.page.facts', 'trust.page.words', 'trust.page.looks', 'trust.page.network'],
  css: ['trust.css.parsed', 'trust.css.mended', 'trust.css.seen'],
  chess: ['trust.chess.engine', 'trust.chess.proved', 'trust.chess.words'],
  command: ['trust.command.never', 'trust.command.parsed', 'trust.command.rules'],
  equation: ['trust.equation.read', 'trust.equation.two', 'trust.equation.spoken'],
  code: ['trust.code.parsed', 'trust.code.back', 'trust.code.unsure'],
  text: ['trust.text.checked', 'trust.text.back', 'trust.text.yours'],
};

/** The checks of assistants that are more than a file, by kind. */
export const CHECKS: Partial<Record<ArtifactKind, readonly string[]>> = {
  query: ['parses', 'reads-only', 'names', 'explains', 'runs', 'fits', 'values'],
  books: ['amounts', 'balances', 'dates', 'accounts'],
  page: ['facts', 'markup', 'style', 'contrast', 'access', 'copy', 'sections', 'network', 'size'],
  css: ['css', 'contrast', 'scoped'],
  chess: ['legal', 'engine-depth', 'proofs', 'words'],
  code: ['parses', 'layers', 'template', 'builds'],
};
