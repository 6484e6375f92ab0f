// Commands as a person types them. Runs in a page too.

/** An argument as a shell takes it. */
export const quoted = (arg: string): string =>
  /^[\w@%+=:,./#-]+$/.test(arg) ? arg : `'${arg.replaceAll("'", "'\\''")}'`;

/** What must be typed after a command to have the same scenario again. */
export function foundBy({ file, typed }: { file?: string; typed?: string }): string {
  return [
    ...(file === undefined ? [] : [`--scenarios ${quoted(file)}`]),
    ...(typed === undefined ? [] : [typed]),
  ].join(' ');
}

/** The command that repeats a run; `found` is what `foundBy` says of its scenario. */
export const replayCommand = (code: string, found: string): string =>
  found === '' ? `sim replay ${code}` : `sim replay ${code} ${found}`;

/** What names a scenario in a command: the file in which it stands alone, or else its id. */
export const targetOf = ({ id, file }: { readonly id: string; readonly file?: string }): string =>
  file === undefined ? id : quoted(/[/]|\.ya?ml$/i.test(file) ? file : `./${file}`);
