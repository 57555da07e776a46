import { expect, test } from 'vitest';
import { namesIn, offersOf } from '../../src/recording/offers.ts';
import { phonesOf } from '../../src/recording/phones.ts';
import { readLog } from '../../src/recording/read-log.ts';
import { fleetOf } from '../../src/recording/recorded-fleet.ts';
import { playedFleet } from '../recording/played-fleet.ts';
import { peerSuite } from './available.ts';
import { bootTree, FILES_OF_A_BOOT } from './fleet/boot-tree.ts';
import { bootAllAtOnce } from './fleet/storm.ts';
import { nginx } from './nginx.ts';
import { servedFolder } from './served-folder.ts';

const PHONES = 40;

peerSuite('a fleet recorded from the log of nginx', [nginx], () => {
  test('asks for what the fleet asked for that the log is of', async () => {
    const tree = await servedFolder(bootTree('http', PHONES));
    const server = await nginx.start(tree.path);
    try {
      await bootAllAtOnce(server, PHONES);
      const bytes = Buffer.from(server.log());
      const reading = readLog({ name: 'access.log', bytes }, { year: 'latest', nowMs: Date.now() });
      const offers = offersOf(tree.path);
      const { phones } = phonesOf(reading.sightings, namesIn(offers));
      expect(phones).toHaveLength(PHONES);
      const order = { readings: [reading], phones, offers, server: { folder: tree.path } };
      const { asked, missed, plan } = await playedFleet(fleetOf(order, 'phones.csv'));
      const inLog = phones.map(({ mac, visits }) => [
        mac,
        visits.flatMap(({ requests }) => requests.map(({ file }) => file)),
      ]);
      const inFleet = Object.entries(asked).map(([mac, files]) => [mac, files.map(({ file }) => file)]);
      expect(Object.fromEntries(inFleet)).toEqual(Object.fromEntries(inLog));
      const thresholds = [`files.asked == ${PHONES * FILES_OF_A_BOOT}`, 'boot.failed >= 0'];
      expect([missed, plan.thresholds]).toEqual([[], thresholds]);
    } finally {
      await server.stop();
      await tree.remove();
    }
  });
});
