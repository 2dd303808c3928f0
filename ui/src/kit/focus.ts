/** Focus, where what held it is taken away. */
import { tick } from 'svelte';

/** Once the page is drawn: focus that fell off the page goes to `element`. */
export async function catchFocus(element: HTMLElement | null): Promise<void> {
  await tick();
  const holder = document.activeElement;
  if (!holder || holder === document.body) element?.focus();
}
