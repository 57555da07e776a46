// Runs the built code as the test says, and prints what comes of it: the events, then the lease or the error.
// A process of its own, since a process lives in one network namespace.
import { seededRandom } from '../../dist/clock/random.js';
import { SystemClock } from '../../dist/clock/system-clock.js';
import { acquireLease, renewLease } from '../../dist/network/dhcp.js';

const { order, renew, user } = JSON.parse(process.argv[2] ?? '{}');
if (user !== undefined) process.setuid(user);

const events = [];
const whole = {
  ...order,
  clock: new SystemClock(),
  random: seededRandom(order.identity.mac),
  onFact: (event) => events.push(event),
};
const never = new AbortController().signal;
try {
  const lease = await (renew ? renewLease(whole, renew, never) : acquireLease(whole, never));
  console.log(JSON.stringify({ events, lease }));
} catch (error) {
  console.log(
    JSON.stringify({ events, error: { name: error.name, code: error.code, message: error.message } }),
  );
}
