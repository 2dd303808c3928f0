/** What the scripted desk knows of pages: a small one, and a few things to choose. */
import type { PageChoices, PageCode, PagePreview, PageResult } from '../bindings';

export const pageChoices: PageChoices = {
  palettes: [
    {
      id: 'roast',
      label: { en: 'Roast', 'zh-Hant': '烘焙', 'zh-Hans': '烘焙' },
      swatches: ['ivory', 'sienna', 'tan', 'maroon'],
    },
    {
      id: 'ocean',
      label: { en: 'Ocean', 'zh-Hant': '海洋', 'zh-Hans': '海洋' },
      swatches: ['white', 'teal', 'orange', 'navy'],
    },
  ],
  pairings: [
    { id: 'oldstyle', label: { en: 'Old style', 'zh-Hant': '古典襯線', 'zh-Hans': '古典衬线' } },
    {
      id: 'grotesque',
      label: { en: 'Grotesque', 'zh-Hant': '無襯線黑體', 'zh-Hans': '无衬线黑体' },
    },
  ],
  kinds: [
    { kind: 'hero', layouts: ['split', 'stage'] },
    { kind: 'faq', layouts: ['accordion', 'columns'] },
  ],
  motifs: [
    { id: 'cup', label: { en: 'coffee', 'zh-Hant': '咖啡', 'zh-Hans': '咖啡' } },
    { id: 'teapot', label: { en: 'tea', 'zh-Hant': '茶', 'zh-Hans': '茶' } },
  ],
};

export const page: PageResult = {
  html: '<!doctype html>\n<html lang="en">\n  <head>\n    <title>Flour and Salt</title>\n    <style>@media screen and (prefers-color-scheme: dark) { :root { color-scheme: dark } }</style>\n  </head>\n  <body><main><h1>Warm by seven</h1></main></body>\n</html>\n',
  title: 'Flour and Salt',
  sections: [
    { id: 'hero', kind: 'hero', layout: 'split', title: 'Warm by seven' },
    { id: 'faq', kind: 'faq', layout: 'accordion', title: 'Asked at the counter' },
  ],
  plan: JSON.stringify({
    version: 1,
    theme: {
      palette: 'roast',
      pairing: 'oldstyle',
      corners: 'soft',
      density: 'regular',
      scheme: 'auto',
    },
    sections: [
      { id: 'hero', kind: 'hero', layout: 'split', heading: 'Warm by seven', lead: 'Come early.' },
      {
        id: 'faq',
        kind: 'faq',
        layout: 'accordion',
        heading: 'Asked at the counter',
        items: [{ title: 'Do you slice it?', text: 'Gladly.' }],
      },
    ],
  }),
  facts: [{ kind: 'name', text: 'Flour and Salt', is_present: true }],
  audit: [
    { rule: 'contrast', passed: true, detail: 'at least 4.6 : 1' },
    { rule: 'samples', passed: false, detail: 'testimonials' },
  ],
  draft: false,
};

/** That page with its parts marked; a star for every change that was made to the plan. */
export function previewOf(plan: string): PagePreview {
  const stars = ' *'.repeat(plan.split('"changed":true').length - 1);
  const html = page.html
    .replace('</title>', `${stars}</title>`)
    .replace(
      '<main><h1>',
      '<main><section data-part="hero"><div data-part="hero/picture/0"></div><h1 data-part="hero/heading/0">',
    )
    .replace('</main>', '</section></main>');
  const part = { section: 'hero', item: 0 };
  return {
    html,
    parts: [
      { ...part, id: 'hero', kind: 'section', field: '', text: '' },
      { ...part, id: 'hero/picture/0', kind: 'picture', field: 'picture', text: 'cup' },
      { ...part, id: 'hero/heading/0', kind: 'text', field: 'heading', text: 'Warm by seven' },
    ],
  };
}

/** What the desk makes of code: it knows the rules; here a script is wrong and everything else is right. */
export function codeOf(page: PageResult, html: string): PageCode {
  const passed = !html.includes('<script');
  const audit = [{ rule: 'network', passed, detail: passed ? 'nothing is fetched' : 'line 3' }];
  return { page: passed ? { ...page, html, plan: '', audit } : null, audit };
}
