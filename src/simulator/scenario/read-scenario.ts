/**
 * Reads a scenario file: YAML 1.2 with anchors and aliases, without merge keys, custom tags and several documents.
 *
 * The first mistake in the order of the file is the one reported. The text comes from the caller; `file` is only
 * what errors call it.
 */
import { LineCounter, parseDocument, visit, type Document, type YAMLError } from 'yaml';
import type { z } from 'zod';
import { quote } from './expectation.ts';
import { issueText } from './issue-text.ts';
import { createNodePositions, fieldText, type FieldPath } from './node-positions.ts';
import { ScenarioError } from './scenario-error.ts';
import { scenarioSchema, type Scenario } from './scenario.ts';

/** A scenario has few repetitions; a bomb of aliases has billions. */
const MAX_ALIASES = 100;

/** A mistake that only the caller can know of, such as the name of a profile that there is not. */
export interface ScenarioMistake {
  readonly path: FieldPath;
  /** What was expected and found. */
  readonly problem: string;
}

/** `check` looks at a scenario that is sound otherwise; its mistake is reported like any other. */
export function readScenario(text: string, file: string, check?: (scenario: Scenario) => ScenarioMistake | undefined): Scenario {
  const lines = new LineCounter();
  const document = parseYaml(text, file, lines);
  const parsed = scenarioSchema.safeParse(toValue(document, file, lines), { error: issueText });
  const positions = createNodePositions(document, lines);
  if (parsed.success) {
    const mistake = check?.(parsed.data);
    if (mistake === undefined) return parsed.data;
    throw new ScenarioError(file, positions.lineOf(mistake.path), `${fieldText(mistake.path)}: ${mistake.problem}`);
  }
  const [first] = parsed.error.issues
    .map((issue) => {
      const path: FieldPath = issue.code === 'unrecognized_keys' ? [...issue.path, ...issue.keys.slice(0, 1)] : issue.path;
      return { path, message: issue.message, line: positions.lineOf(path, lineInText(issue)), offset: positions.offsetOf(path) };
    })
    .toSorted((a, b) => a.line - b.line || a.offset - b.offset);
  throw new ScenarioError(file, first?.line ?? 1, [fieldText(first?.path ?? []), first?.message].filter(Boolean).join(': '));
}

function parseYaml(text: string, file: string, lines: LineCounter): Document {
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true, uniqueKeys: true });
  // A warning is about a tag that nobody resolves: its value would be read as something it is not.
  const [first] = [...document.errors, ...document.warnings].toSorted((a, b) => a.pos[0] - b.pos[0]);
  if (first === undefined) return document;
  throw new ScenarioError(file, lines.linePos(first.pos[0]).line, yamlProblem(first, text));
}

function yamlProblem({ code, pos, message }: YAMLError, text: string): string {
  if (code === 'DUPLICATE_KEY') return `expected each field once, found ${quote(/[^\s:,]*/.exec(text.slice(pos[0]))?.[0] ?? '')} again`;
  if (code === 'RESOURCE_EXHAUSTION') return 'expected a few levels of nesting, found thousands';
  return `expected YAML, found a mistake: ${message}`;
}

function toValue(document: Document, file: string, lines: LineCounter): unknown {
  try {
    return document.toJS({ maxAliasCount: MAX_ALIASES }) as unknown;
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    visit(document, {
      Alias(_, alias) {
        if (alias.resolve(document) === undefined) throw new ScenarioError(file, lines.linePos(alias.range?.[0] ?? 0).line, `expected an anchor before its alias, found ${quote(`*${alias.source}`)}`);
      },
    });
    throw new ScenarioError(file, 1, 'expected few aliases, found so many that they multiply');
  }
}

/** Where in a text of several lines the issue is, from 1. */
function lineInText(issue: z.core.$ZodIssue): number | undefined {
  const line: unknown = issue.code === 'custom' ? issue.params?.['lineInText'] : undefined;
  return typeof line === 'number' ? line : undefined;
}
