/** What jsdom lacks and the pieces ask for; and a clean slate for each test. */
import { beforeEach } from 'vitest';

class StillObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

if (typeof document !== 'undefined') {
  globalThis.ResizeObserver ??= StillObserver;
  globalThis.matchMedia ??= (media: string) =>
    ({
      // Room and stillness are there; more contrast has to be asked for.
      matches: !media.includes('contrast'),
      media,
      addEventListener: () => undefined,
      removeEventListener: () => undefined,
    }) as unknown as MediaQueryList;
  Element.prototype.scrollIntoView ??= () => undefined;
  Element.prototype.hasPointerCapture ??= () => false;
  Range.prototype.getClientRects = () => [] as unknown as DOMRectList;
  Range.prototype.getBoundingClientRect = () => new DOMRect();

  beforeEach(() => localStorage.clear());
}
