/** The files that the examples of `--help` speak of, and how each is made from those of `docs/examples`. */

interface ExampleFile {
  /** As examples name it. */
  readonly name: string;
  /** Whether a word of an example means it. */
  readonly isMeantBy: (word: string) => boolean;
  readonly needs: readonly string[];
  readonly made: string;
}

const file = (name: string, needs: readonly string[], made: string): ExampleFile => ({ name, needs, made, isMeantBy: (word) => word === name });
const folder = (name: string, needs: readonly string[], made: string): ExampleFile => ({ name, needs, made, isMeantBy: (word) => word.startsWith(name) });

/** Each after those it needs. */
const EXAMPLE_FILES: readonly ExampleFile[] = [
  file('scenario.yaml', [], 'cp docs/examples/scenario.yaml .'),
  file('limits.yaml', [], 'cp docs/examples/limits.yaml .'),
  file('team.key', [], "echo 'sixteen bytes or more, known to nobody else' > team.key"),
  file('netlog.json', ['scenario.yaml'], 'netlog-analyze simulate scenario.yaml --profile chromium-hev2 -o netlog.json'),
  file('netlog.json.gz', ['netlog.json'], 'gzip --keep netlog.json'),
  file('before.json', ['netlog.json'], 'cp netlog.json before.json'),
  file('monday.json', ['netlog.json'], 'cp netlog.json monday.json'),
  file('after.json', ['scenario.yaml'], 'netlog-analyze simulate scenario.yaml --profile chromium-hev3 -o after.json'),
  file('tuesday.json', ['scenario.yaml'], 'netlog-analyze simulate scenario.yaml --profile chromium-hev2 --seed 2 -o tuesday.json'),
  folder('before/', ['netlog.json'], 'mkdir before && for run in 1 2 3 4; do cp netlog.json before/$run.json; done'),
  folder('after/', ['after.json'], 'mkdir after && for run in 1 2 3 4; do cp after.json after/$run.json; done'),
  folder('runs/', ['netlog.json.gz'], 'mkdir runs && for run in 1 2 3 4; do cp netlog.json.gz runs/$run.json.gz; done'),
  folder('trial/', ['before.json', 'after.json'], `mkdir trial && for group in before after; do sed "s/\\"activeFieldTrialGroups\\":\\[\\]/\\"activeFieldTrialGroups\\":[\\"HappyEyeballsV3:$group\\"]/" $group.json > trial/$group.json; done`),
  folder('logs/', ['netlog.json', 'after.json'], 'mkdir logs && gzip -c netlog.json > logs/1.json.gz && gzip -c after.json > logs/2.json.gz'),
  folder('fleet/', ['logs/'], 'netlog-analyze export logs/*.json.gz -f parquet -o fleet/'),
];

/** The commands that make what these calls read, in an order in which they work. */
export function preparationsFor(calls: readonly string[]): readonly string[] {
  const wanted = new Set(EXAMPLE_FILES.filter(({ name, isMeantBy }) => calls.some((call) => readWords(call).some(isMeantBy) && !call.includes(`> ${name}`))).map(({ name }) => name));
  for (const { name, needs } of EXAMPLE_FILES.toReversed()) if (wanted.has(name)) for (const need of needs) wanted.add(need);
  return EXAMPLE_FILES.filter(({ name }) => wanted.has(name)).map(({ made }) => made);
}

/** The words of a call that may name what it reads: not what follows an option that writes. */
function readWords(call: string): readonly string[] {
  const words = call.split(' ').map((word) => word.replaceAll(/["']/g, ''));
  return words.filter((_, i) => !['-o', '--output', '--save-baseline'].includes(words[i - 1] ?? ''));
}
