/** One race as Markdown: the story as a list, the waterfall in a fenced block. */
import type { Race } from '../../model/race.ts';
import type { Resolution } from '../../model/resolution.ts';
import { formatRoute } from '../format.ts';
import { markdownCode, markdownFence, markdownText } from '../plain-text.ts';
import { raceStory } from '../story/race-story.ts';
import { raceChart } from '../terminal/race-chart.ts';
import { plainStyle } from '../view.ts';

export function raceMarkdown(race: Race, resolutions: readonly Resolution[], width: number): string {
  const chart = raceChart(race, resolutions, { width, style: plainStyle });
  const story = raceStory(race, resolutions).map((sentence) => `- ${markdownText(sentence)}\n`);
  return `## Race ${race.id}: ${markdownCode(formatRoute(race))}\n\n${markdownFence(chart)}\n${story.join('')}`;
}
