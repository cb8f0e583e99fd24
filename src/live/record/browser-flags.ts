/** The command line of a browser that records: the engine, the log, and no traffic of the browser's own. */
import { ENGINE_FEATURES, type RecordedEngine } from './recorded-engine.ts';

export const CAPTURE_MODES = { default: 'Default', 'include-sensitive': 'IncludeSensitive', everything: 'Everything' } as const;
export type CaptureMode = keyof typeof CAPTURE_MODES;

export interface BrowserSettings {
  readonly headless: boolean;
  readonly captureMode: CaptureMode;
  /** The user's own, as `--name` or `--name=value`. */
  readonly flags: readonly string[];
}

/** Nothing that the page did not ask for, no questions, and no password store of the user's. */
const QUIET = [
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-domain-reliability',
  '--disable-extensions',
  '--disable-sync',
  '--password-store=basic',
  '--use-mock-keychain',
];

/** The browser's clock, which asks clients2.google.com for the time. */
const QUIET_FEATURES = ['NetworkTimeServiceQuerying'];

const [ENABLE, DISABLE] = ['--enable-features=', '--disable-features='] as const;

/**
 * All but where log and profile lie. Of a switch given twice browsers take the last, so that the user's features and
 * those of the engine are put together; where they disagree the engine's hold.
 */
export function browserFlags(engine: RecordedEngine, { headless, captureMode, flags }: BrowserSettings): readonly string[] {
  const features = ENGINE_FEATURES[engine];
  const chosen = new Set([...features.enable, ...features.disable]);
  const asked = (prefix: string): readonly string[] => flags.filter((flag) => flag.startsWith(prefix)).flatMap((flag) => flag.slice(prefix.length).split(','));
  const together = (prefix: string, own: readonly string[]): readonly string[] => {
    // A feature may bear parameters or a trial: Name:key/value, Name<Trial.
    const names = [...asked(prefix).filter((name) => name !== '' && !chosen.has(name.replace(/[:<].*/, ''))), ...own];
    return names.length === 0 ? [] : [prefix + names.join(',')];
  };
  return [
    ...(headless ? ['--headless'] : []),
    ...QUIET,
    `--net-log-capture-mode=${CAPTURE_MODES[captureMode]}`,
    ...together(ENABLE, features.enable),
    ...together(DISABLE, [...features.disable, ...QUIET_FEATURES]),
    ...flags.filter((flag) => !flag.startsWith(ENABLE) && !flag.startsWith(DISABLE)),
  ];
}
