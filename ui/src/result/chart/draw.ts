/**
 * Draws a picture with Observable Plot. Loaded when the first chart is, so that the window starts
 * without it. Colours are the tokens' by name, so a change of theme needs no new drawing.
 */
import * as Plot from '@observablehq/plot';

import type { Mark } from '../../backend/bindings';
import type { Language } from '../../i18n/message';
import { figure, moment } from './format';
import { cut, ems } from './measure';
import type { Picture, Point } from './points';

export interface Drawing {
  readonly picture: Picture;
  readonly mark: Mark;
  readonly names: { readonly x: string; readonly y: string };
  readonly width: number;
  readonly language: Language;
  /** Bars of several series stand on top of each other, and not side by side. */
  readonly isStacked?: boolean;
}

const TYPE_PX = 12.5;
const LABEL_EMS = 15;
const HEIGHT = 300;
const COLOURS = Array.from({ length: 8 }, (_, index) => `var(--chart-${index + 1})`);

/** The colour of a series by its place; the ninth begins anew. */
export const colourOf = (place: number): string => COLOURS[place % COLOURS.length] ?? 'var(--ink)';

export function draw(drawing: Drawing): SVGSVGElement {
  const plot = Plot.plot({
    width: drawing.width,
    height: HEIGHT,
    marginTop: 22,
    marginRight: 18,
    style: {
      background: 'transparent',
      fontSize: `${TYPE_PX}px`,
      fontFamily: 'inherit',
      overflow: 'visible',
    },
    color: {
      domain: drawing.picture.series,
      range: COLOURS.slice(0, Math.max(1, drawing.picture.series.length)),
    },
    ...optionsFor(drawing),
  });
  plot.setAttribute('aria-hidden', 'true');
  return plot as SVGSVGElement;
}

function optionsFor(drawing: Drawing): Plot.PlotOptions {
  if (drawing.mark !== 'bar') return pointOptions(drawing);
  return liesDown(drawing.picture, drawing.width) ? lyingBars(drawing) : standingBars(drawing);
}

/** Bars lie where their labels are too long to stand side by side. */
export function liesDown(picture: Picture, width: number): boolean {
  if (picture.scale !== 'label') return false;
  const room = (width - 60) / Math.max(1, picture.labels.length) / TYPE_PX;
  return picture.labels.some((label) => ems(label) > room - 0.8);
}

const hasSeries = ({ picture }: Drawing): boolean => picture.series.length > 0;
const fillOf = (drawing: Drawing): string => (hasSeries(drawing) ? 'series' : colourOf(0));
const labelOf =
  (drawing: Drawing) =>
  (value: Point['x']): string =>
    moment(value, drawing.picture, drawing.language);

function titleOf(drawing: Drawing): (point: Point) => string {
  const write = figure(drawing.language, false);
  return ({ x, y, series }) =>
    [
      labelOf(drawing)(x),
      ...(series === null ? [] : [series]),
      `${drawing.names.y}: ${write(y)}`,
    ].join('\n');
}

const tip = { fill: 'var(--raised)', stroke: 'var(--line-strong)', fontSize: TYPE_PX } as const;
const grid = { stroke: 'var(--line)', strokeOpacity: 1 } as const;
const valuesOf = ({ picture }: Drawing): number[] => picture.points.map(({ y }) => y);

function axisFigures(drawing: Drawing): (value: number) => string {
  return figure(drawing.language, Math.max(...valuesOf(drawing).map(Math.abs), 0) >= 100_000);
}

function lyingBars(drawing: Drawing): Plot.PlotOptions {
  const { picture, names } = drawing;
  const widest = Math.max(...picture.labels.map((label) => ems(cut(label, LABEL_EMS))), 2);
  const perLabel = hasSeries(drawing) ? 10 + 11 * picture.series.length : 25;
  const place = hasSeries(drawing) ? ({ fy: 'x', y: 'series' } as const) : ({ y: 'x' } as const);
  const band: Plot.ScaleOptions = { domain: picture.labels, label: null, padding: 0.22 };
  const tickFormat = (label: string): string => cut(label, LABEL_EMS);
  return {
    height: 50 + perLabel * picture.labels.length,
    marginTop: 34,
    marginBottom: 4,
    marginLeft: Math.ceil(widest * TYPE_PX) + 12,
    x: { label: names.y, labelArrow: 'none', nice: true },
    ...(hasSeries(drawing)
      ? { fy: { ...band, axis: null }, y: { axis: null, padding: 0.05 } }
      : { y: { ...band, axis: null } }),
    marks: [
      Plot.axisX({ anchor: 'top', tickSize: 0, ticks: 5, tickFormat: axisFigures(drawing) }),
      Plot.gridX({ ticks: 5, ...grid }),
      hasSeries(drawing)
        ? Plot.axisFy({ anchor: 'left', tickFormat, label: null })
        : Plot.axisY({ tickSize: 0, tickFormat, label: null }),
      Plot.barX(picture.points, {
        ...place,
        x: 'y',
        fill: fillOf(drawing),
        rx: 1.5,
        title: titleOf(drawing),
        tip,
      }),
      Plot.ruleX([0], { stroke: 'var(--line-strong)' }),
    ],
  };
}

function standingBars(drawing: Drawing): Plot.PlotOptions {
  const { picture, names } = drawing;
  const write = labelOf(drawing);
  const order =
    picture.scale === 'label'
      ? picture.labels
      : [...new Set(picture.points.map(({ x }) => Number(x)))].map((x) =>
          picture.scale === 'date' ? new Date(x) : x,
        );
  const every = Math.max(1, Math.ceil((order.length * 62) / drawing.width));
  const shown = new Set(order.filter((_, index) => index % every === 0).map(String));
  const tickFormat = (value: Point['x']): string => (shown.has(String(value)) ? write(value) : '');
  const band = { domain: order as string[], label: null, padding: 0.24 };
  const isGrouped = hasSeries(drawing) && !drawing.isStacked;
  const place = isGrouped ? ({ fx: 'x', x: 'series' } as const) : ({ x: 'x' } as const);
  return {
    marginLeft: leftOf(drawing),
    ...(isGrouped
      ? { fx: { ...band, axis: null }, x: { axis: null, padding: 0.05 } }
      : { x: { ...band, axis: null, type: 'band' } }),
    y: { label: names.y, labelArrow: 'none', nice: true },
    marks: [
      Plot.axisY({ tickSize: 0, ticks: 5, tickFormat: axisFigures(drawing) }),
      Plot.gridY({ ticks: 5, ...grid }),
      isGrouped
        ? Plot.axisFx({ anchor: 'bottom', tickFormat, label: null })
        : Plot.axisX({ tickSize: 0, tickFormat, label: null }),
      Plot.barY(picture.points, {
        ...place,
        y: 'y',
        fill: fillOf(drawing),
        // Round corners within a stack would show gaps.
        rx: drawing.isStacked ? 0 : 1.5,
        title: titleOf(drawing),
        tip,
      }),
      Plot.ruleY([0], { stroke: 'var(--line-strong)' }),
    ],
  };
}

/** Lines and scattered points. */
function pointOptions(drawing: Drawing): Plot.PlotOptions {
  const { picture, names, mark } = drawing;
  const colour = { stroke: fillOf(drawing) };
  const channels = { x: 'x', y: 'y', z: hasSeries(drawing) ? 'series' : undefined } as const;
  const dot = {
    r: mark === 'line' ? 2.6 : 3.4,
    fill: mark === 'line' ? fillOf(drawing) : undefined,
  };
  const isDotted = mark === 'scatter' || picture.points.length <= 60;
  const write = labelOf(drawing);
  const ticks = Math.max(2, Math.floor(drawing.width / 92));
  return {
    marginLeft: leftOf(drawing),
    marginBottom: 40,
    x: {
      type: { date: 'utc', number: 'linear', label: 'point' }[picture.scale] as Plot.ScaleType,
      ...(picture.scale === 'label' && { domain: picture.labels }),
      label: mark === 'scatter' ? names.x : null,
      labelArrow: 'none',
    },
    y: {
      label: names.y,
      labelArrow: 'none',
      nice: true,
      zero: mark === 'line' && isFarFromFlat(drawing),
    },
    marks: [
      Plot.axisY({ tickSize: 0, ticks: 5, tickFormat: axisFigures(drawing) }),
      Plot.gridY({ ticks: 5, ...grid }),
      Plot.axisX({
        tickSize: 4,
        stroke: 'var(--line-strong)',
        color: 'var(--ink-soft)',
        tickFormat: (value: Point['x']) => cut(write(value), 9),
        ...(picture.scale === 'label' ? {} : { ticks: tickValues(drawing, ticks) }),
      }),
      ...(mark === 'line'
        ? [Plot.line(picture.points, { ...channels, ...colour, strokeWidth: 2 })]
        : []),
      ...(isDotted ? [Plot.dot(picture.points, { ...channels, ...colour, ...dot })] : []),
      Plot.tip(picture.points, Plot.pointer({ ...channels, title: titleOf(drawing), ...tip })),
    ],
  };
}

/** A line begins at zero unless that would press it flat against the top. */
function isFarFromFlat(drawing: Drawing): boolean {
  const values = valuesOf(drawing);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return least >= 0 && most - least > most * 0.25;
}

/** Few dates are all named; many at even steps that Plot chooses. */
function tickValues({ picture }: Drawing, most: number): Iterable<Date | number> | number {
  const moments = [...new Set(picture.points.map(({ x }) => Number(x)))];
  if (picture.scale !== 'date' || moments.length > most * 4) return most;
  const every = Math.ceil(moments.length / most);
  return moments.filter((_, index) => index % every === 0).map((x) => new Date(x));
}

function leftOf(drawing: Drawing): number {
  const write = axisFigures(drawing);
  const values = valuesOf(drawing);
  const widest = Math.max(
    ...[Math.min(...values, 0), Math.max(...values, 1)].map((value) => ems(write(roughly(value)))),
  );
  return Math.ceil(widest * TYPE_PX) + 18;
}

/** As many digits as a tick near it has. */
const roughly = (value: number): number => Number(value.toPrecision(2));
