// The command line's way in: language and style first, then the command, then its exit code.

import { CommanderError } from 'commander';
import { closest, SandboxError } from '../sim/index.ts';
import { type OutputStyle, printFailure } from './output.ts';
import { buildProgram, checkReporter } from './program.ts';
import { languageOf, layoutFor, survivePipes, wantsColor } from './terminal.ts';

// Options that say how to answer must be known before anything can be answered.
function optionOf(args: readonly string[], option: string): string | undefined {
  const at = args.findIndex((arg) => arg === option || arg.startsWith(`${option}=`));
  if (at < 0) return undefined;
  const arg = args[at] ?? '';
  return arg === option ? args[at + 1] : arg.slice(option.length + 1);
}

function styleOf(args: readonly string[]): OutputStyle {
  const { env, stdout } = process;
  const reporter = optionOf(args, '--reporter');
  const style = {
    color: wantsColor(args.includes('--no-color'), env, stdout.isTTY === true),
    json: args.includes('--json'),
    ndjson: reporter === 'ndjson',
    quiet: args.includes('--quiet') || args.includes('-q'),
  };
  return { ...style, language: languageOf(optionOf(args, '--lang'), env) };
}

function usageError(error: CommanderError, args: readonly string[], commands: readonly string[]) {
  const [command = ''] = args.filter((arg) => !arg.startsWith('-'));
  if (error.code === 'commander.unknownCommand') {
    const nearest = closest(command, commands);
    const data = { what: 'command', given: command, nearest, known: commands } as const;
    return new SandboxError('unknown-name', data);
  }
  const message = error.message.replace(/^error: /, '').replace(/\s*\n\s*/g, ' ');
  return new SandboxError('usage', { message, command: commands.includes(command) ? command : '' });
}

/** Runs the program with the given arguments. Returns its exit code. */
export async function main(args: readonly string[]): Promise<number> {
  survivePipes();
  const plain = { language: 'en', color: false, json: args.includes('--json') } as const;
  let style: OutputStyle = { ...plain, ndjson: false, quiet: false };
  let exitCode = 0;
  try {
    style = styleOf(args);
    checkReporter(optionOf(args, '--reporter'));
    const help = ['--help', '-h'].some((flag) => args.includes(flag)) || args[0] === 'help';
    const layout = help || args.length === 0 ? await layoutFor(false) : null;
    const program = buildProgram(style, layout, (code) => {
      exitCode = code;
    });
    const commands = program.commands.map((command) => command.name());
    try {
      await program.parseAsync(args.length > 0 ? args : ['--help'], { from: 'user' });
    } catch (error) {
      if (!(error instanceof CommanderError)) throw error;
      if (error.exitCode !== 0) throw usageError(error, args, commands);
    }
    return exitCode;
  } catch (error) {
    return await printFailure(isNowhere(error) ? nowhere(error) : error, style, args);
  }
}

// The folder one is in can be deleted by another terminal.
const isNowhere = (error: unknown): error is Error =>
  (error as { syscall?: string } | null)?.syscall === 'uv_cwd';

const nowhere = ({ message: why }: Error) => new SandboxError('cannot-read', { path: '.', why });
