/** Long logs out of short ones. */

/** The same events again and again, each time as other sources. */
export function repeated(text: Buffer, times: number): Buffer {
  const { constants, events }: { constants: unknown; events: { source: { id: number } }[] } = JSON.parse(text.toString());
  const copies = Array.from({ length: times }, (_, i) => events.map((event) => ({ ...event, source: { ...event.source, id: event.source.id + i * 100_000 } }))).flat();
  return Buffer.from(`{"constants":${JSON.stringify(constants)},\n"events": [\n${copies.map((event) => JSON.stringify(event)).join(',\n')}]}\n`);
}
