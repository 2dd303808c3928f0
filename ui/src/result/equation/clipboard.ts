/** An equation on the clipboard in the form that word processors take as an equation. */
import type { EquationResult } from '../../backend/bindings';
import { copyText } from '../copy';

/** Between these marks Word looks for an equation in a page that was copied. */
const htmlOf = (omml: string, mathml: string): string =>
  `<html xmlns:m="http://schemas.openxmlformats.org/officeDocument/2004/12/omml"><body>` +
  `<!--[if gte msEquation 12]>${omml}<![endif]--><![if !msEquation]>${mathml}<![endif]></body></html>`;

/**
 * Puts it there as Office Math within a page, with MathML beside it as plain text, which Word takes
 * as an equation too. Whether that worked: a web view may forbid it.
 */
export async function copyForWord({ omml, mathml }: EquationResult): Promise<boolean> {
  const plain = mathml || (omml ?? '');
  if (omml && typeof ClipboardItem !== 'undefined') {
    try {
      const part = (text: string, type: string): Blob => new Blob([text], { type });
      await navigator.clipboard.write([
        new ClipboardItem({
          'text/html': part(htmlOf(omml, mathml), 'text/html'),
          'text/plain': part(plain, 'text/plain'),
        }),
      ]);
      return true;
    } catch {
      // The plain way is left.
    }
  }
  return copyText(plain);
}
