/**
 * Forbids words in markup: every text that a person reads or hears comes from the catalogue.
 *
 * Looks at text between tags and at the attributes that are read out. Signs without a letter in
 * them (a dot between two figures, an arrow) may stay.
 */
const SPOKEN = new Set(['aria-label', 'aria-description', 'alt', 'label', 'placeholder', 'title']);
const LETTER = /\p{L}/u;

/** @type {import('eslint').Rule.RuleModule} */
export default {
  meta: {
    type: 'problem',
    docs: { description: 'forbid literal words in Svelte markup' },
    messages: { literal: 'Literal text "{{text}}": put it into the catalogue (src/i18n).' },
    schema: [],
  },
  create(context) {
    const report = (node, text) => {
      if (LETTER.test(text)) {
        context.report({ node, messageId: 'literal', data: { text: text.trim().slice(0, 40) } });
      }
    };
    return {
      SvelteText(node) {
        if (node.parent.type !== 'SvelteStyleElement') report(node, node.value);
      },
      SvelteAttribute(node) {
        if (!SPOKEN.has(node.key.name)) return;
        for (const part of node.value) {
          if (part.type === 'SvelteLiteral') report(part, part.value);
        }
      },
    };
  },
};
