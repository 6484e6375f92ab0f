import { loadCatalogue } from '/work/main/src/cli/load.ts';
import { allParameters, findScenario, readInput } from '/work/main/src/scenarios/index.ts';
import { World } from '/work/main/src/sim/index.ts';
import { WorldModel } from '/work/main/src/explore/world-model.ts';
import { Exhaustive } from '/work/main/src/explore/exhaustive.ts';
import { ENDLESS } from '/work/main/src/explore/model.ts';
const d=Number(process.argv[2]),t=Number(process.argv[3]),lim=Number(process.argv[4]??60)*1000;
const scenario = findScenario(await loadCatalogue(), 'ticket-saga');
const { explore } = scenario;
const world = new World(scenario, readInput(scenario, allParameters(scenario, explore.set), explore.document));
const m=new WorldModel(world,{pace:'handler',kinds:['duplicate'],countsPreemptions:false,stallMs:10000});
const s=performance.now();let last=s,ls=0;
const x=new Exhaustive(m,{maxStates:1e6,budget:{...ENDLESS,faults:d,stalls:t}} as any);
while(!x.advance(512)){const n=performance.now();if(n>s+lim)break;if(n-last>1000){const p=x.progress;console.log(p.states,p.steps,p.depth,p.frontier,((p.states-ls)/(n-last)*1000).toFixed(0)+'/s');last=n;ls=p.states}}
const e=performance.now()-s;const r=x.result;
console.log(r.states,r.steps,r.cut,e.toFixed(0),(performance.now()-s-e).toFixed(0),process.memoryUsage().rss/1e6, [...r.ways].map(([p,w])=>p+w.length).join());
