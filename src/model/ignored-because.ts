/** Why a browser ignores an HTTPS record, in the words of `ignoredBecause`: Chromium's rules. */
export const IGNORED = {
  malformed: 'malformed',
  besideMalformed: 'another record of the set is malformed',
  alias: 'AliasMode',
  besideAlias: 'another record of the set is in AliasMode',
  target: 'another TargetName',
  port: 'another port',
  mandatory: 'an unknown mandatory key',
  noProtocol: 'no protocol: no-default-alpn without alpn',
  noDefault: 'no-default-alpn in every usable record',
  /** Of a whole set, in logs without raw answers. */
  unknown: 'unusable: AliasMode, another TargetName, another port, or no-default-alpn',
} as const;
