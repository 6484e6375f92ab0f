// A mistake of the person, in their language: what is wrong, where, and what to do.

import type { ErrorCode, ErrorData, FilePlace, SandboxError } from '../sim/index.ts';
import type { ErrorText, Texts } from './texts/index.ts';

const placeText = ({ file, line, column }: FilePlace): string =>
  [file, line, column].filter((part) => part !== undefined).join(':');

function say(texts: Texts, code: ErrorCode, data: ErrorData[ErrorCode]): ErrorText {
  return (texts.errors[code] as (given: typeof data) => ErrorText)(data);
}

/** The lines to print for a mistake. */
export function errorReport({ code, data, place }: SandboxError, texts: Texts): readonly string[] {
  const problems = 'problems' in data ? data.problems : [];
  const details = problems.flatMap((problem) => {
    const text = say(texts, problem.code, problem.data);
    return [
      `${placeText(problem.place)}: ${text.message}`,
      ...problem.frame.split('\n'),
      `  ${texts.fix}: ${text.fix}`,
      '',
    ];
  });
  const { message, fix } = say(texts, code, data);
  const where = place ? `${placeText(place)}: ` : '';
  return [...details, `${texts.error}: ${where}${message}`, `  ${texts.fix}: ${fix}`];
}
