/**
 * Lets d3, dayjs and what Mermaid draws with live beside a frozen `Object.prototype`, as the window has it for safety.
 *
 * A few places in them give an object its own `constructor` or `toString` by assignment. Where the
 * inherited one is frozen, such an assignment throws; a definition does not. Nothing else changes.
 */
import type { Plugin } from 'vite';

/** Text that must be there, and what stands in its place. */
type Change = readonly [before: string, after: string];

const own = (object: string, name: string): string =>
  `Object.defineProperty(${object}, ${name}, { writable: true, configurable: true, enumerable: true, value: undefined });`;

/** The same within an expression, as minified code has it. */
const ownFirst = (object: string, name: string): Change => [
  `${object}.${name}=function`,
  `${own(object, `"${name}"`).slice(0, -1)},${object}.${name}=function`,
];

const CHANGES: Readonly<Record<string, readonly Change[]>> = {
  'd3-color': [
    [
      'prototype.constructor = constructor;',
      `${own('prototype', '"constructor"')} prototype.constructor = constructor;`,
    ],
    [
      'for (var key in definition) prototype[key] = definition[key];',
      `for (var key in definition) { ${own('prototype', 'key')} prototype[key] = definition[key]; }`,
    ],
  ],
  dayjs: [ownFirst('m', 'valueOf'), ownFirst('m', 'toString'), ownFirst('y', 'valueOf')],
  '@mermaid-js/parser': [
    ['Trace2.toString = toString', `${own('Trace2', '"toString"')} Trace2.toString = toString`],
  ],
  'layout-base': ['Point'].map((name): Change => [
    `${name}.prototype.toString = function`,
    `${own(`${name}.prototype`, '"toString"')} ${name}.prototype.toString = function`,
  ]),
  cytoscape: [
    [
      'var extend = Object.assign != null ? Object.assign.bind(Object) :',
      `var extend = function (target, ...sources) {
  for (const source of sources)
    for (const key of Object.keys(source ?? {}))
      Object.defineProperty(target, key, { writable: true, configurable: true, enumerable: true, value: source[key] });
  return target;
}; var extendOld =`,
    ],
  ],
  'd3-format': [
    [
      'FormatSpecifier.prototype.toString = function',
      `${own('FormatSpecifier.prototype', '"toString"')}\nFormatSpecifier.prototype.toString = function`,
    ],
  ],
};

/** The code as it may run beside frozen prototypes; nothing where it may already. */
export function unfreeze(code: string, path: string): string | null {
  const name = Object.keys(CHANGES).find((name) =>
    path.replaceAll('\\', '/').includes(`/node_modules/${name}/`),
  );
  if (!name) return null;
  const changes = (CHANGES[name] ?? []).filter(([before]) => code.includes(before));
  return changes.length === 0
    ? null
    : changes.reduce((text, [before, after]) => text.replace(before, after), code);
}

export const frozenPrototype = (): Plugin => ({
  name: 'deskhand-frozen-prototype',
  transform: (code, id) => unfreeze(code, id),
});
