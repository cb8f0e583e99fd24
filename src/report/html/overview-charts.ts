/** The charts of a page that tell of a whole trace, each in the colours of both backgrounds. */
import { attemptStart } from '../charts/attempt-start.ts';
import type { ChartSpecification } from '../charts/chart-specification.ts';
import { connectPhases } from '../charts/connect-phases.ts';
import { fallbacks } from '../charts/fallbacks.ts';
import { httpsRecords } from '../charts/https-records.ts';
import { darkTheme, lightTheme, type Theme } from '../charts/palette.ts';
import { racesTimeline } from '../charts/races-timeline.ts';
import { resolveTime } from '../charts/resolve-time.ts';
import { sessions } from '../charts/sessions.ts';
import { winners } from '../charts/winners.ts';
import type { Report } from '../report.ts';
import type { PageChart } from './page-data.ts';

export function overviewCharts(report: Report): readonly PageChart[] {
  const charts: readonly ((theme: Theme) => ChartSpecification)[] = [
    (theme) => racesTimeline(report.races, theme),
    (theme) => winners(report.races, theme),
    (theme) => fallbacks(report.races, theme),
    (theme) => connectPhases(report.races, theme),
    (theme) => attemptStart(report.races, theme),
    (theme) => resolveTime(report.resolutions, theme),
    (theme) => httpsRecords(report.resolutions, theme),
    (theme) => sessions(report.sessions, report.requests, theme),
  ];
  return charts.map((chart) => {
    const light = chart(lightTheme);
    return { title: light.description ?? '', light, dark: chart(darkTheme) };
  });
}
