import { loadCatalogue } from '/work/main/src/cli/load.ts';
import { allParameters, findScenario, readInput } from '/work/main/src/scenarios/index.ts';
import { World } from '/work/main/src/sim/index.ts';
import { WorldModel } from '/work/main/src/explore/world-model.ts';
import { searchAll } from '/work/main/src/explore/exhaustive.ts';
const inf=Infinity;
const show=(name:string,model:any,o:any)=>{const s=performance.now();const t=s+60000;const r=searchAll(model,{depth:2000,maxStates:3e5,isStopped:()=>performance.now()>t,...o});console.log(name,r.states,'states',r.steps,'steps',r.ends.size,'ends',r.cut,(performance.now()-s).toFixed(0)+'ms',JSON.stringify([...r.broken].map(([p,w])=>[p,w.length])));return r};
const scenario = findScenario(await loadCatalogue(), 'ticket-saga');
const doc={customers:[{id:1,deposit:1000},{id:2,deposit:1000}], orders:[{customerId:1,amount:100,ticketNum:110},{customerId:2,amount:100,ticketNum:110}]};
const input = readInput(scenario, allParameters(scenario,{timeoutMs:5000,redeliveriesMax:0} as any), doc as any);
const world = new World(scenario, input);
for(const [d,t] of [[0,0],[1,0],[0,1],[1,1]]) {
 const m=new WorldModel(world,{pace:'handler',kinds:['duplicate'],countsPreemptions:false,stallMs:10000});
 const r=show(`saga D${d}T${t}`,m,{budget:{faults:d,preemptions:inf,stalls:t}});
 if(d+t<2) for(const [p,w] of r.broken) console.log(p+'\n  '+w.map(x=>x.replace(/\{.*/s,'')).join('\n  '));
}
