// A mistake of the person, in their language: what is wrong, where, and what to do.

import type { ErrorCode, ErrorData, FilePlace, SandboxError } from '../sim/index.ts';
import { quoted } from './command.ts';
import { hang, type Layout, visible, wrap } from './layout.ts';
import type { ErrorText, Texts } from './texts/index.ts';

const placeText = ({ file, line, column }: FilePlace): string =>
  [file, line, column].filter((part) => part !== undefined).join(':');

function say(texts: Texts, code: ErrorCode, data: ErrorData[ErrorCode]): ErrorText {
  return (texts.errors[code] as (given: typeof data) => ErrorText)(data);
}

/** What is wrong, and what to do. */
export const errorText = ({ code, data }: SandboxError, texts: Texts): ErrorText =>
  say(texts, code, data);

/** The command as it was probably meant: with the nearest name; null if none is near. */
export function correctedCommand(
  { data }: Pick<SandboxError, 'data'>,
  commandLine: readonly string[],
): string | null {
  if (!('nearest' in data) || data.nearest === null) return null;
  const { given, nearest } = data;
  const at = commandLine.findIndex((arg) => arg.includes(given));
  if (at < 0) return null;
  const meant = commandLine.map((arg, index) => (index === at ? arg.replace(given, nearest) : arg));
  const command = data.what === 'command' ? [nearest, '--help'] : meant;
  return ['sim', ...command].map(quoted).join(' ');
}

/** The lines to print for a mistake in a command. */
export function errorReport(
  error: SandboxError,
  texts: Texts,
  layout: Layout,
  commandLine: readonly string[] = [],
): readonly string[] {
  const { code, data, place } = error;
  const problems = 'problems' in data ? data.problems : [];
  const details = problems.flatMap((problem) => {
    const text = say(texts, problem.code, problem.data);
    return [
      ...wrap(`${placeText(problem.place)}: ${text.message}`, layout.width, layout.measure),
      ...problem.frame.split('\n').map(visible),
      ...hang('  ', `${texts.fix}: ${text.fix}`, layout),
      '',
    ];
  });
  const { message, fix } = say(texts, code, data);
  const where = place ? `${placeText(place)}: ` : '';
  const meant = correctedCommand(error, commandLine);
  const advice = meant === null ? [`${texts.fix}: ${fix}`] : [fix, `${texts.fix}: ${meant}`];
  return [
    ...details,
    ...wrap(`${texts.error}: ${where}${message}`, layout.width, layout.measure),
    ...advice.flatMap((line) => hang('  ', line, layout)),
  ];
}
