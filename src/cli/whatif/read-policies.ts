/** Which policies somebody wants to see: profiles, with parameters changed. */
import { OverrideError, withOverrides } from '../../engine/profiles/overrides.ts';
import type { AskedPolicy } from '../../whatif/what-if.ts';
import { UsageError } from '../exit-code.ts';
import { parametersOf, profilesOf } from '../simulate/read-simulation.ts';

/** @param settings as `name=value`. @throws UsageError */
export function readPolicies(profiles: string, settings: readonly string[] = []): readonly AskedPolicy[] {
  const overrides = Object.fromEntries(settings.map(readSetting));
  return profilesOf(profiles).map((profile) => {
    try {
      return { profile, parameters: withOverrides(parametersOf(profile), overrides) };
    } catch (error) {
      if (!(error instanceof OverrideError)) throw error;
      throw new UsageError(`--set: ${error.message.replace('overrides.', '')}`, { cause: error });
    }
  });
}

function readSetting(setting: string): [string, number | boolean | string] {
  const [, name, value] = /^([^=]+)=(.+)$/.exec(setting) ?? [];
  if (name === undefined || value === undefined) throw new UsageError(`--set takes NAME=VALUE such as connectionAttemptDelayMs=150, not ${setting}`);
  if (value === 'true' || value === 'false') return [name, value === 'true'];
  const number = Number(value);
  return [name, Number.isNaN(number) ? value : number];
}
