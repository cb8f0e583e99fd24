/** The race engines of Chromium that can be chosen, and the features that choose them. */

export const RECORDED_ENGINES = ['hev3', 'hev2', 'legacy'] as const;
export type RecordedEngine = (typeof RECORDED_ENGINES)[number];

export interface Features {
  readonly enable: readonly string[];
  readonly disable: readonly string[];
}

/**
 * Each says all that there is to say, so that no default or field trial of a version decides. A browser ignores
 * features that it does not know: which engine ran, its log tells.
 */
export const ENGINE_FEATURES: Readonly<Record<RecordedEngine, Features>> = {
  hev3: { enable: ['HappyEyeballsV3'], disable: [] },
  hev2: { enable: ['HappyEyeballsV2'], disable: ['HappyEyeballsV3'] },
  legacy: { enable: [], disable: ['HappyEyeballsV3', 'HappyEyeballsV2'] },
};
