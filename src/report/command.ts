// Commands as a person types them. Runs in a page too.

/** An argument as a shell takes it. */
export const quoted = (arg: string): string =>
  /^[\w@%+=:,./#-]+$/.test(arg) ? arg : `'${arg.replaceAll("'", "'\\''")}'`;

/** The command that repeats a run; of a scenario in a file of its own it names the file. */
export function replayCommand(code: string, file: string | undefined): string {
  return `sim replay ${code}${file === undefined ? '' : ` --scenarios ${quoted(file)}`}`;
}

/** What names a scenario in a command: the file in which it stands alone, or else its id. */
export const targetOf = ({ id, file }: { readonly id: string; readonly file?: string }): string =>
  file === undefined ? id : quoted(/[/]|\.ya?ml$/i.test(file) ? file : `./${file}`);
