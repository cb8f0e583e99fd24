/** Who wrote a report. A test holds the version against package.json, which code for a browser cannot read. */
export const TOOL = { name: 'netlog-analyze', version: '0.1.0' } as const;
