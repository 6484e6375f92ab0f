import { runnerImport } from 'vite';

const { module } = await runnerImport(process.argv[2]);
await module.main();
