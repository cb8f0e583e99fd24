/**
 * Draws a chart: compiles its Vega-Lite specification and runs it, with expressions interpreted rather
 * than made into code, which the content policy forbids. Loads nothing: data lies in the specification.
 */
import { Error as ErrorLevel, loader, logger, parse, View } from 'vega';
import { expressionInterpreter } from 'vega-interpreter';
import { compile, type TopLevelSpec } from 'vega-lite';
import { element, fill } from './dom.ts';
import type { Theme } from '../report/charts/palette.ts';

type ThemeName = Theme['name'];

export interface Chart {
  readonly figure: HTMLElement;
  readonly draw: (theme: ThemeName) => void;
}

/** A figure to be drawn in the colours of a theme, again when they change. `label` tells a screen reader what it shows. */
export function chart(label: string, specificationFor: (theme: ThemeName) => object): Chart {
  const place = element('div', { class: 'chart', role: 'img', 'aria-label': label });
  let view: View | undefined;
  return {
    figure: element('figure', { tabindex: '0' }, place),
    draw(theme) {
      view?.finalize();
      try {
        // Made by our own charts, or carried as JSON since they made it.
        const { spec } = compile(specificationFor(theme) as TopLevelSpec, { logger: logger(ErrorLevel) });
        view = new View(parse(spec, undefined, { ast: true }), { renderer: 'svg', loader: OFFLINE, logLevel: ErrorLevel, expr: expressionInterpreter, container: place });
        view.run();
      } catch (error) {
        fill(place, [`This chart could not be drawn: ${error instanceof Error ? error.message : String(error)}`]);
      }
    },
  };
}

/** A loader that refuses: nothing in a report comes from elsewhere. */
const OFFLINE = {
  ...loader(),
  load: () => Promise.reject(new Error('reports load nothing')),
  sanitize: () => Promise.reject(new Error('reports link nowhere')),
};
