/** The chart in words, for those who do not see it. The table beside it has every value. */
import type { Mark } from '../../backend/bindings';
import type { Language } from '../../i18n/message';
import { t } from '../../i18n/words.svelte';
import { figure, moment } from './format';
import type { Picture, Point } from './points';

export function altOf(
  picture: Picture,
  mark: Mark,
  names: { x: string; y: string },
  language: Language,
): string {
  const write = figure(language, false);
  const by = (better: (one: number, other: number) => boolean): Point | undefined =>
    picture.points.reduce<Point | undefined>(
      (best, point) => (!best || better(point.y, best.y) ? point : best),
      undefined,
    );
  const [most, least] = [by((one, other) => one > other), by((one, other) => one < other)];
  const at = (point: Point | undefined): string =>
    point ? `${moment(point.x, picture, language)} (${write(point.y)})` : '';
  const kinds = {
    bar: t('chart.mark.bar'),
    line: t('chart.mark.line'),
    scatter: t('chart.mark.scatter'),
  };
  return t('chart.alt', {
    kind: kinds[mark],
    ...names,
    count: picture.points.length,
    most: at(most),
    least: at(least),
  });
}
