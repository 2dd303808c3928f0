/** Arrow keys among cards that stand in rows of whatever length the window allows. */
const STEPS = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End'] as const;
type Step = (typeof STEPS)[number];

/** Moves the focus among the cards of `view`; from the search, down leads into them. */
export function moveBy(event: KeyboardEvent, view: HTMLElement): void {
  const step = STEPS.find((name) => name === event.key);
  const cards = [...view.querySelectorAll<HTMLElement>('[data-card]')];
  const at = cards.findIndex((card) => card === document.activeElement);
  const isIn = at >= 0;
  if (!step || event.isComposing || cards.length === 0) return;
  if (!isIn && step !== 'ArrowDown') return;
  const next = isIn ? neighbour(cards, at, step) : cards[0];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

function neighbour(cards: readonly HTMLElement[], at: number, step: Step): HTMLElement | undefined {
  switch (step) {
    case 'ArrowLeft':
      return cards[at - 1];
    case 'ArrowRight':
      return cards[at + 1];
    case 'Home':
      return cards[0];
    case 'End':
      return cards.at(-1);
    case 'ArrowUp':
      return nearest(cards, at, -1);
    case 'ArrowDown':
      return nearest(cards, at, 1);
  }
}

/** The card of the next row, up or down, that lies nearest beneath or above. */
function nearest(
  cards: readonly HTMLElement[],
  at: number,
  direction: 1 | -1,
): HTMLElement | undefined {
  const from = cards[at]?.getBoundingClientRect();
  if (!from) return undefined;
  const places = cards.map((card) => ({ card, box: card.getBoundingClientRect() }));
  const beyond = places.filter(({ box }) => direction * (box.top - from.top) > 4);
  const row = Math.min(...beyond.map(({ box }) => direction * box.top));
  return beyond
    .filter(({ box }) => Math.abs(direction * box.top - row) < 4)
    .sort((a, b) => Math.abs(a.box.left - from.left) - Math.abs(b.box.left - from.left))[0]?.card;
}
