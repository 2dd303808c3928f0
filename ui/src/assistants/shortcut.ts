/** The keys that run the form from anywhere in it. */
const isMac = (): boolean => /mac/i.test(globalThis.navigator?.platform ?? '');

export const isRunShortcut = (event: KeyboardEvent): boolean =>
  event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.isComposing;

export const shortcutKeys = (): string => (isMac() ? '⌘ ↵' : 'Ctrl ↵');
