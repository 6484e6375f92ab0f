#!/usr/bin/env node
// Starts the command from what V8 compiled of it when it was built. Another V8 refuses that, and
// compiles it anew: the same program, started later.

const { readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { constants, Script } = require('node:vm');

const filename = join(__dirname, 'command.js');
const compiled = join(__dirname, 'command.compiled');

function kept() {
  try {
    return readFileSync(compiled);
  } catch {
    return undefined;
  }
}

const importModuleDynamically = constants?.USE_MAIN_CONTEXT_DEFAULT_LOADER;
const source = `(function (exports, require, module, __filename, __dirname) {${readFileSync(filename, 'latin1')}\n})`;
const script = new Script(source, { filename, cachedData: kept(), importModuleDynamically });
script
  .runInThisContext()
  .call(module.exports, module.exports, require, module, filename, __dirname);

if (process.env['INDOUBT_KEEP_COMPILED'])
  process.on('exit', () => writeFileSync(compiled, script.createCachedData()));
