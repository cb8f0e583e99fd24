/** HTTP/3 connections that ORIGIN frames spare: T-7. */
import type { Pack, PackClient, PackRequest } from './pack.ts';
import { scenarioOf, zoneOf } from './scenario-of.ts';

const SOURCE = 'Chromium’s blog, 17 December 2024: nearly 20 % of HTTP/3 connections';
const NAMES = 10;

export const COALESCING: Pack = {
  name: 'coalescing',
  about: 'Pages that load from ten names over HTTP/3; some names belong to the server of the page, whose ORIGIN frame names them, but have other addresses.',
  inputs: [
    { figure: 'one name in five of those is named in the frame and has other addresses', source: `${SOURCE}; what is simulated is whether the client spares them` },
    { figure: 'half of the pages ask for the others as soon as they are there themselves, half 5 ms after their request, while the frame is on its way', source: 'ours' },
  ],
  networks: 200,
  isDrawn: true,
  scenario: (n, draw) => {
    const own = 'page.example';
    const rtt = draw.logNormal(39, Math.log(2) / 0.8416);
    const names = Array.from({ length: NAMES - 1 }, (_, i) => `name${i}.example`);
    const isNamed = names.map(() => draw.chance(0.2 * (NAMES / (NAMES - 1))));
    const named = names.filter((_, i) => isNamed[i]);
    const all = [own, ...names];
    return scenarioOf({
      name: 'coalescing',
      durationMs: 60_000,
      client: { sources: ['198.51.100.7'], ipv6: false },
      link: { rttMs: rtt },
      dns: { servers: [{ address: '198.51.100.1' }], zone: zoneOf(all.flatMap((name, i) => [[name, 'A', `203.0.113.${i + 1}`], [name, 'HTTPS', '1 . alpn="h3"']] as const)) },
      servers: all.map((name, i) => ({
        addresses: [`203.0.113.${i + 1}`],
        port: 443,
        protocols: ['h3' as const],
        names: i === 0 || isNamed[i - 1] === true ? [own, ...named] : [name],
        issuer: 'root',
        ...(i === 0 && named.length > 0 && { originFrame: named.map((other) => `https://${other}`) }),
      })),
      requests: [
        { url: `https://${own}/` },
        ...names.map((name, i) => (n % 2 === 0 && i === 0 ? { afterPrevious: true, url: `https://${name}/` } : { atMs: n % 2 === 0 ? 5 * rtt : 5, url: `https://${name}/` })),
      ],
    });
  },
  targets: [
    {
      id: 'T-7',
      what: 'connections that Chromium spares with ORIGIN frames',
      source: SOURCE,
      published: 20,
      within: [18, 21],
      unit: '%',
      restsOn: 'input',
      simulated(runs) {
        const without = connections(runs({ profile: 'chromium-hev3', overrides: { originFrames: 'ignored' } }));
        return (100 * (without - connections(runs(CHROMIUM)))) / without;
      },
    },
  ],
};

const CHROMIUM: PackClient = { profile: 'chromium-hev3' };

function connections(requests: readonly PackRequest[]): number {
  return requests.filter(({ outcome: { connection } }) => connection !== undefined && !connection.reused).length;
}
