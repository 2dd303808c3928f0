/** What every control of a field is given: the field, and what ties it to its words. */
import type { Field } from '../../backend/bindings';

export interface ControlProps {
  field: Field;
  id: string;
  describedby: string | undefined;
  invalid: boolean;
  value: string;
}

/** Few and short enough to be seen side by side instead of in a list. */
const FEW = 4;
const SHORT = 44;

/** Whether the options of a choice fit into one line. */
export function areFew(labels: readonly string[]): boolean {
  const width = labels.reduce((sum, label) => sum + widthOf(label) + 4, 0);
  return labels.length <= FEW && width <= SHORT;
}

/** Characters of East Asia are twice as wide. */
function widthOf(text: string): number {
  return [...text].reduce((sum, letter) => sum + (letter > '\u2e80' ? 2 : 1), 0);
}
