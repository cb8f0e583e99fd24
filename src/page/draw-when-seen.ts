/** Draws charts when they come into sight, again when colours change, and all of them before printing: a page opens without waiting for what is far below. */
import type { Chart } from './chart.ts';
import type { ThemeSwitch } from './theme.ts';

/** How far outside the window a chart is drawn already. */
const AHEAD = '400px';

export interface Drawing {
  /** From now on these charts and no others. */
  readonly watch: (charts: readonly Chart[]) => void;
}

export function drawWhenSeen(theme: ThemeSwitch): Drawing {
  let watched: readonly Chart[] = [];
  /** In which theme a chart is drawn. */
  const drawn = new WeakMap<Chart, string>();
  const draw = (chart: Chart): void => {
    if (drawn.get(chart) === theme.current()) return;
    drawn.set(chart, theme.current());
    chart.draw(theme.current());
  };
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        const chart = watched.find(({ figure }) => figure === target);
        if (isIntersecting && chart !== undefined) draw(chart);
      }
    },
    { rootMargin: AHEAD },
  );
  theme.onChange(() => {
    for (const chart of watched) if (theme.isPrinting() || drawn.has(chart)) draw(chart);
  });
  return {
    watch(charts) {
      observer.disconnect();
      watched = charts;
      for (const { figure } of charts) observer.observe(figure);
    },
  };
}
