/** Return goes down a column of cells, with Shift up; the list of a select keeps its own keys. */
export function moveDown(event: KeyboardEvent): void {
  const from = event.target;
  const step = { Enter: event.shiftKey ? -1 : 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!(from instanceof HTMLInputElement) || step === undefined || event.isComposing) return;
  const column = from.dataset['column'];
  const table = from.closest('table');
  if (!column || !table) return;
  const cells = [...table.querySelectorAll<HTMLInputElement>(`input[data-column="${column}"]`)];
  const next = cells[cells.indexOf(from) + step];
  event.preventDefault();
  // Leaving a cell takes what was written; where there is none to go to, Return takes it.
  if (!next) return void from.dispatchEvent(new Event('change', { bubbles: true }));
  next.focus();
  next.select();
}
