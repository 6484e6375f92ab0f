// `sim completion`: scripts that let a shell complete commands, scenarios and faults.

import { DIAGRAMS } from '../report/index.ts';
import type { Catalogue } from '../scenarios/index.ts';
import { closest, handlersOf, SandboxError } from '../sim/index.ts';

const SHELLS = ['bash', 'zsh', 'fish'] as const;
const COMMANDS = [
  'list',
  'show',
  'run',
  'step',
  'serve',
  'matrix',
  'explore',
  'merge',
  'replay',
  'diff',
  'exercise',
  'grade',
  'completion',
];
const EXERCISE = [
  'list',
  'start',
  'check',
  'hint',
  'watch',
  'reset',
  'solution',
  'status',
  'new',
  'lint',
];
const OPTIONS = [
  '--fail',
  '--set',
  '--input',
  '--seed',
  '--html',
  '--port',
  '--open',
  '--break',
  '--watch',
  '--keys',
  '--diagram',
  '--handler',
  '--state',
  '--json',
  '--kinds',
  '--at',
  '--granularity',
  '--preemptions',
  '--stalls',
  '--depth',
  '--max-states',
  '--time',
  '--strategy',
  '--runs',
  '--jobs',
  '--shard',
  '--save',
  '--checkpoint',
  '--resume',
  '--profile',
  '--no-progress',
  '--patterns',
  '--faults',
  '--csv',
  '--markdown',
  '--reporter',
  '--quiet',
  '--lang',
  '--export-db',
  '--force',
  '--no-color',
  '--scenarios',
  '--exercise',
  '--handlers',
  '--exercises',
  '--give-up',
  '--out',
  '--help',
];

interface Words {
  readonly scenarios: readonly string[];
  /** Of these, those that have a matrix. */
  readonly matrices: readonly string[];
  readonly faults: readonly string[];
  readonly parameters: readonly string[];
  readonly handlers: readonly string[];
}

function wordsOf(catalogue: Catalogue): Words {
  const all = [...catalogue.values()];
  const unique = (names: readonly string[]) => [...new Set(names)];
  return {
    scenarios: [...catalogue.keys()],
    matrices: all.filter(({ matrix }) => matrix).map(({ id }) => id),
    faults: unique(all.flatMap(({ namedFaults }) => Object.keys(namedFaults))),
    parameters: unique(all.flatMap(({ parameters }) => Object.keys(parameters))),
    handlers: unique(
      all.flatMap(({ services }) =>
        services.flatMap((service) =>
          handlersOf(service).map(({ name }) => `${service.name}.${name}`),
        ),
      ),
    ),
  };
}

const bash = ({ scenarios, matrices, faults, parameters, handlers }: Words): string => `_sim() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]}
  if [ "$before" = "=" ]; then before=\${COMP_WORDS[COMP_CWORD-2]}; fi
  if [ "$word" = "=" ]; then word=; fi
  case $before in
    --fail) COMPREPLY=($(compgen -W "${faults.join(' ')}" -- "$word")); return ;;
    --set) COMPREPLY=($(compgen -W "${parameters.map((name) => `${name}=`).join(' ')}" -- "$word")); return ;;
    --lang) COMPREPLY=($(compgen -W "en zh" -- "$word")); return ;;
    --diagram) COMPREPLY=($(compgen -W "${DIAGRAMS.join(' ')}" -- "$word")); return ;;
    --handler) COMPREPLY=($(compgen -W "${handlers.join(' ')}" -- "$word")); return ;;
    --reporter) COMPREPLY=($(compgen -W "ndjson" -- "$word")); return ;;
    --input|--scenarios) COMPREPLY=($(compgen -f -- "$word")); return ;;
    --export-db) COMPREPLY=($(compgen -d -- "$word")); return ;;
    run|show|step|explore)
      case $word in .*|*/*) COMPREPLY=($(compgen -f -- "$word")); return ;; esac
      COMPREPLY=($(compgen -W "${scenarios.join(' ')}" -- "$word")); return ;;
    matrix) COMPREPLY=($(compgen -W "${matrices.join(' ')}" -- "$word")); return ;;
    exercise) COMPREPLY=($(compgen -W "${EXERCISE.join(' ')}" -- "$word")); return ;;
    grade|--out|--exercises) COMPREPLY=($(compgen -d -- "$word")); return ;;
    --handlers) COMPREPLY=($(compgen -f -- "$word")); return ;;
    completion) COMPREPLY=($(compgen -W "${SHELLS.join(' ')}" -- "$word")); return ;;
  esac
  if [ "$COMP_CWORD" = 1 ]; then
    COMPREPLY=($(compgen -W "${COMMANDS.join(' ')}" -- "$word"))
  else
    COMPREPLY=($(compgen -W "${OPTIONS.join(' ')}" -- "$word"))
  fi
}
complete -F _sim sim`;

const zsh = (words: Words): string => `autoload -U +X bashcompinit && bashcompinit
${bash(words)}`;

const fish = ({ scenarios, matrices, faults, parameters, handlers }: Words): string =>
  [
    `complete -c sim -f -n __fish_use_subcommand -a '${COMMANDS.join(' ')}'`,
    `complete -c sim -n '__fish_seen_subcommand_from run show step explore' -a '${scenarios.join(' ')}'`,
    `complete -c sim -f -n '__fish_seen_subcommand_from matrix' -a '${matrices.join(' ')}'`,
    `complete -c sim -f -n '__fish_seen_subcommand_from completion' -a '${SHELLS.join(' ')}'`,
    `complete -c sim -f -n '__fish_seen_subcommand_from exercise' -a '${EXERCISE.join(' ')}'`,
    `complete -c sim -x -l fail -a '${faults.join(' ')}'`,
    `complete -c sim -x -l set -a '${parameters.map((name) => `${name}=`).join(' ')}'`,
    `complete -c sim -x -l lang -a 'en zh'`,
    `complete -c sim -x -l diagram -a '${DIAGRAMS.join(' ')}'`,
    `complete -c sim -x -l handler -a '${handlers.join(' ')}'`,
    `complete -c sim -x -l state`,
    `complete -c sim -x -l reporter -a ndjson`,
    `complete -c sim -r -l input`,
    `complete -c sim -r -l export-db`,
    ...['json', 'quiet', 'help', 'seed'].map((name) => `complete -c sim -l ${name}`),
  ].join('\n');

const SCRIPTS = { bash, zsh, fish };

/** The script for a shell. @throws SandboxError `unknown-name` */
export function completionScript(shell: string, catalogue: Catalogue): string {
  const known = SHELLS.find((name) => name === shell);
  if (!known) {
    const nearest = closest(shell, SHELLS);
    throw new SandboxError('unknown-name', { what: 'shell', given: shell, nearest, known: SHELLS });
  }
  return SCRIPTS[known](wordsOf(catalogue));
}
