// Types one command after the other into the program as it is built, in a process of its own whose
// environment is the reader's. A process for each would take a minute to say the same.

import { main } from '../../dist/cli/main.js';

const streams = [process.stdout, process.stderr];

process.on('message', async (args) => {
  const written = ['', ''];
  for (const [index, stream] of streams.entries()) {
    stream.write = (text) => {
      written[index] += text;
      return true;
    };
  }
  const code = await main(args);
  for (const stream of streams) stream.removeAllListeners('error');
  const [out, err] = written;
  process.send({ code, out, err });
});
