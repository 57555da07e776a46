// node phones.mjs COUNT IN-FLIGHT URL PORTS     PORTS: tftp=N,ftp=N,http=N
//
// Phones of the product, whole: the machines of `phoneMaker`, the transports of `openWorld` on sockets, the
// host's clock, flash in memory, and a listener that hears every fact. Each is factory-fresh, boots once and
// must come to rest at idle or at its login screen with every file it asked for. An operation is one file
// received.

import { product } from '../product.mjs';
import { inFlight } from './in-flight.mjs';

const [count, limit] = process.argv.slice(2, 4).map(Number);
const [url, portList] = process.argv.slice(4);

const { factoryFlash } = await product('device/flash-contents.js');
const { memoryFlash } = await product('flash/memory-flash.js');
const { phoneMaker } = await product('phone/phone-maker.js');
const { defaultQuirks } = await product('provisioning/quirks.js');
const { parseServerAddress } = await product('provisioning/server-address.js');
const { openWorld } = await product('scenario/world.js');

const { address } = parseServerAddress(url, 'typed');
const ports = Object.fromEntries(
  portList
    .split(',')
    .map((entry) => entry.split('='))
    .map(([name, port]) => [name, Number(port)]),
);
const run = await openWorld({
  time: 'real',
  seed: 'bench',
  timings: 'none',
  quirks: defaultQuirks,
  server: { kind: 'external', address },
  ports,
});
const makePhone = phoneMaker(run.world);

const tally = {};
run.journal.listen(({ event }) => {
  tally[event.type] = (tally[event.type] ?? 0) + 1;
});
await inFlight({ count, limit }, async (index) => {
  const mac = `001B4F${index.toString(16).toUpperCase().padStart(6, '0')}`;
  const phone = makePhone({
    model: '1230',
    flash: memoryFlash(factoryFlash({ mac })),
    server: run.server,
    serverOwner: run.serverOwner,
    ports: run.ports,
    userAgentByte: 'seen',
    ca: [],
    tlsVerify: 'verify',
  });
  phone.send({ type: 'power.on' });
  await phone.when(phone.atRest);
  phone.stop();
});
await run.close();

const {
  'file.requested': requested = 0,
  'file.received': received = 0,
  'update.finished': checked = 0,
} = tally;
if (received !== requested || checked !== count)
  throw new Error(`not every phone had its files: ${JSON.stringify(tally)}`);
console.log(`ops=${received}`);
