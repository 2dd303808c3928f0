/** Short notices that come and go by themselves. */

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}

/** Long enough to read a sentence. */
export const STAYS_MS = 5000;

export class Toasts {
  shown = $state<Toast[]>([]);
  #next = 1;

  show(text: string, action?: Toast['action']): void {
    const id = this.#next++;
    this.shown.push({ id, text, ...(action && { action }) });
    setTimeout(() => this.dismiss(id), STAYS_MS);
  }

  dismiss(id: number): void {
    this.shown = this.shown.filter((toast) => toast.id !== id);
  }
}
