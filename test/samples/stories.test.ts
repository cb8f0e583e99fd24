/**
 * The simulated samples: each trace is what `simulate` makes of its scenario today, and tells what
 * `samples/stories/README.md` says of it. The expected values are worked out by hand from the scenarios, where one
 * round trip takes 20 ms.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { analyze } from '../../src/analyze.ts';
import { run } from '../../src/cli/run.ts';
import type { Report } from '../../src/report/report.ts';

const STORIES = join(import.meta.dirname, '../../samples/stories');
const PROFILES = ['draft-v3', 'chromium-hev3'] as const;
type Profile = (typeof PROFILES)[number];

const stories = readdirSync(STORIES, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);

async function simulated(story: string, profile: Profile): Promise<string> {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  stderr.resume();
  let text = '';
  stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  const scenario = join(STORIES, story, 'scenario.yaml');
  expect(await run(['simulate', scenario, '--profile', profile], { stdin: new PassThrough().end(), stdout, stderr, env: {} })).toBe(0);
  return text;
}

interface Story {
  /** Time, name and type of each query that was sent, in order. */
  readonly queries: readonly string[];
  /** Of each attempt: start and end, transport, endpoint, outcome. */
  readonly attempts: readonly string[];
  /** Of each race: how it ended, and when. */
  readonly races: readonly string[];
  /** Of each request: when it ended and over which protocol or with which error. */
  readonly requests: readonly string[];
}

async function told(story: string, profile: Profile): Promise<Story> {
  const { resolutions, races, requests, trace }: Report = await analyze(join(STORIES, story, `${profile}.json`));
  expect(trace.complete).toBe(true);
  expect(trace.diagnostics).toEqual([]);
  return {
    queries: resolutions
      .flatMap(({ transactions }) => transactions.map(({ name, type, attempts }) => ({ name, type, attempts })))
      .flatMap(({ name, type, attempts }) => attempts.map(({ startMs }) => `${startMs} ${name} ${type}`)),
    attempts: races.flatMap(({ attempts }) => attempts.map(({ startMs, endMs, transport, ipEndpoint, outcome }) => `${startMs}-${endMs} ${transport} ${ipEndpoint} ${outcome}`)),
    races: races.map(({ outcome, endMs }) => `${endMs} ${outcome}`),
    requests: requests.map(({ endMs, alpn, netError }) => `${endMs} ${netError?.name ?? alpn}`),
  };
}

/** What is asked about a name, in the order of HE-08. */
function queries(at: number, name: string, types = ['HTTPS', 'AAAA', 'A']): string[] {
  return types.map((type) => `${at} ${name} ${type}`);
}

const ADDRESSES = ['AAAA', 'A'];
const FIRST = queries(0, 'example.com');
/** What a client that follows nothing does in all these networks, unless the story says otherwise. */
const PLAIN: Story = {
  queries: FIRST,
  attempts: ['20-60 tcp [2001:db8::10]:443 won'],
  races: ['60 connected'],
  requests: ['80 h2'],
};

describe.each(stories)('%s', (story) => {
  it.each(PROFILES)('is what simulate makes of it: %s', async (profile) => {
    expect((await simulated(story, profile)) === readFileSync(join(STORIES, story, `${profile}.json`), 'utf8'), 'made again as samples/README.md says').toBe(true);
  });

  it('is told in the README', () => {
    expect(readFileSync(join(STORIES, 'README.md'), 'utf8')).toContain(`## ${story}\n`);
  });
});

const expected: Readonly<Record<string, Readonly<Record<Profile, Story>>>> = {
  'alias-chain': {
    'draft-v3': {
      queries: [...FIRST, ...queries(20, 'pool.example.net'), ...queries(40, 'edge.example.org')],
      attempts: ['60-80 quic [2001:db8::30]:443 won'],
      races: ['80 connected'],
      requests: ['100 h3'],
    },
    'chromium-hev3': PLAIN,
  },
  'alias-last': {
    'draft-v3': {
      queries: [...FIRST, ...queries(24, 'edge.example.org')],
      attempts: ['44-64 quic [2001:db8::30]:443 won'],
      races: ['64 connected'],
      requests: ['84 h3'],
    },
    'chromium-hev3': PLAIN,
  },
  'alias-known': {
    'draft-v3': {
      queries: [...FIRST, ...queries(20, 'pool.example.net')],
      attempts: ['40-60 quic [2001:db8::20]:443 won', '5000-5000 quic [2001:db8::20]:443 won'],
      races: ['60 connected', '5000 connected'],
      requests: ['80 h3', '5020 h3'],
    },
    'chromium-hev3': {
      queries: FIRST,
      attempts: ['20-60 tcp [2001:db8::10]:443 won', '5000-5040 tcp [2001:db8::10]:443 won'],
      races: ['60 connected', '5040 connected'],
      requests: ['80 h2', '5060 h2'],
    },
  },
  'foreign-target': {
    'draft-v3': {
      queries: [...FIRST, ...queries(20, 'cdn.example.net', ADDRESSES)],
      attempts: ['40-60 quic [2001:db8::20]:443 won'],
      races: ['60 connected'],
      requests: ['80 h3'],
    },
    'chromium-hev3': PLAIN,
  },
  'two-targets': {
    'draft-v3': {
      queries: [...FIRST, ...queries(20, 'a.example.net', ADDRESSES), ...queries(20, 'b.example.org', ADDRESSES)],
      attempts: [
        '40-1080 quic [2001:db8::20]:443 lost',
        '290-1080 quic 192.0.2.20:443 lost',
        '540-1080 tcp [2001:db8::20]:443 lost',
        '790-1080 tcp 192.0.2.20:443 lost',
        '1040-1080 tcp [2001:db8::30]:443 won',
      ],
      races: ['1080 connected'],
      requests: ['1100 h2'],
    },
    'chromium-hev3': PLAIN,
  },
  'alias-cycle': {
    'draft-v3': {
      queries: [...FIRST, ...queries(20, 'a.example.net'), ...queries(40, 'b.example.org')],
      attempts: ['60-100 tcp [2001:db8::10]:443 won'],
      races: ['100 connected'],
      requests: ['120 h2'],
    },
    'chromium-hev3': PLAIN,
  },
  'alias-limit': {
    'draft-v3': {
      queries: [...FIRST, ...[1, 2, 3, 4, 5, 6, 7, 8].flatMap((n) => queries(20 * n, `a${n}.example.net`))],
      attempts: ['220-260 tcp [2001:db8::10]:443 won'],
      races: ['260 connected'],
      requests: ['280 h2'],
    },
    'chromium-hev3': { queries: FIRST, attempts: ['220-260 tcp [2001:db8::10]:443 won'], races: ['260 connected'], requests: ['280 h2'] },
  },
  'follow-up-servfail': {
    'draft-v3': {
      queries: [...FIRST, '20 pool.example.net HTTPS', '40 pool.example.net HTTPS', ...queries(20, 'pool.example.net', ADDRESSES)],
      attempts: ['60-100 tcp [2001:db8::20]:443 won'],
      races: ['100 connected'],
      requests: ['120 h2'],
    },
    'chromium-hev3': PLAIN,
  },
  'follow-up-silent': {
    'draft-v3': {
      // The resolver asks again after 1011 ms, for the cache alone.
      queries: [...FIRST, '20 pool.example.net HTTPS', '1031 pool.example.net HTTPS', ...queries(20, 'pool.example.net', ADDRESSES)],
      attempts: ['70-110 tcp [2001:db8::20]:443 won'],
      races: ['110 connected'],
      requests: ['130 h2'],
    },
    'chromium-hev3': PLAIN,
  },
  'follow-up-cancelled': {
    'draft-v3': { queries: [...FIRST, ...queries(20, 'pool.example.net')], attempts: [], races: ['30 cancelled'], requests: ['30 ERR_ABORTED'] },
    'chromium-hev3': { ...PLAIN, requests: ['30 ERR_ABORTED'] },
  },
};

describe('the README does not lie', () => {
  it('tells every story', () => {
    expect(Object.keys(expected).toSorted()).toEqual(stories.toSorted());
  });

  it.each(Object.entries(expected).flatMap(([story, profiles]) => PROFILES.map((profile) => [story, profile, profiles[profile]] as const)))('%s, %s', async (story, profile, expectedStory) => {
    expect(await told(story, profile)).toEqual(expectedStory);
  });

  it('follow-up-silent: the open follow-up may go on for a second after the race is won (HE-53)', async () => {
    const { resolutions } = await analyze(join(STORIES, 'follow-up-silent/draft-v3.json'));
    expect(resolutions.map(({ host, outcome, endMs }) => `${host} ${outcome} ${endMs}`)).toEqual([
      'example.com ok 20',
      'pool.example.net cancelled 1110',
      'pool.example.net ok 40',
      'pool.example.net ok 40',
    ]);
  });

  it('follow-up-cancelled: the race ends with the request, but the answers to all three follow-ups still fill the cache (HE-53)', async () => {
    const path = join(STORIES, 'follow-up-cancelled/draft-v3.json');
    const { resolutions, sessions } = await analyze(path);
    expect(resolutions.slice(1).map(({ outcome, endMs }) => `${outcome} ${endMs}`)).toEqual(['ok 40', 'ok 40', 'ok 40']);
    expect(sessions).toEqual([]);
    const log = JSON.parse(readFileSync(path, 'utf8')) as { constants: { logEventTypes: Record<string, number> }; events: { type: number; phase: number }[] };
    expect(log.events.filter(({ type, phase }) => type === log.constants.logEventTypes['HOST_RESOLVER_MANAGER_REQUEST'] && phase === 2)).toHaveLength(1);
  });

  it('follow-up-cancelled: Chromium, which had begun to connect, ends with an idle session (M-16)', async () => {
    const { sessions } = await analyze(join(STORIES, 'follow-up-cancelled/chromium-hev3.json'));
    expect(sessions).toHaveLength(1);
  });

  it('alias-known: the second race asks nothing', async () => {
    const { resolutions } = await analyze(join(STORIES, 'alias-known/draft-v3.json'));
    expect(resolutions.filter(({ startMs }) => startMs >= 5000).map(({ host, source }) => `${host} ${source}`)).toEqual(['example.com cache']);
  });
});
