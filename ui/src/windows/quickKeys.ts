/** Keys that may open the small window, as the system's own names; the first is the usual one. */
export const QUICK_KEYS = [
  'Ctrl+Alt+Space',
  'Ctrl+Shift+Space',
  'Alt+Shift+D',
  'Super+Shift+D',
] as const;
export type QuickKeys = (typeof QUICK_KEYS)[number];
