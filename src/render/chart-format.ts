/** The forms in which charts are written; each is the end of its files' names. */

export const CHART_FORMATS = ['svg', 'png', 'vl.json', 'html'] as const;
export type ChartFormat = (typeof CHART_FORMATS)[number];
