import { expect, test } from 'vitest';
import { answer } from './answer.ts';
import { temporaryFolder } from './held-phone.ts';
import { runTold } from './told-run.ts';

// DHCP as the command line gives it; `dhcp-peers.test.ts` has real servers.

const lease = (option66: string) =>
  `address=10.0.0.5,mask=255.255.255.0,router=10.0.0.1,option66=${option66}`;
const virtual = ['--time', 'virtual', '--seed', '1'];

test('a lease as data tells the phone its server, and its password stands in no line', async () => {
  const told = await runTold([
    ...['boot', ...virtual, '--lease', 'address=10.0.0.6,time=30m'],
    ...[
      '--lease',
      `${lease('http://me:secret@10.0.0.9/')},time=1h,settings=BANNER=Hello;ADMIN_PASSWORD=secret`,
    ],
  ]);
  expect(told.outcome).toMatchObject({
    state: 'idle',
    lease: {
      ...{
        how: 'leased',
        address: '10.0.0.5',
        server: '10.0.0.1',
        leaseS: 3_600,
        infoBlock: ['BANNER', 'ADMIN_PASSWORD'],
      },
      provisioningServer: 'http://me:***@10.0.0.9/',
    },
    settings: { BANNER: 'Hello' },
  });
  expect(told.outcome.requests[0]?.url).toBe('http://10.0.0.9:80/1230SIP.cfg');
  expect(told.facts.filter(({ type }) => type === 'dhcp.offered')).toHaveLength(4);
  const forPeople = await answer(['boot', ...virtual, '--lease', lease('http://me:secret@10.0.0.9/')]);
  expect(forPeople.stdout).toContain('lease: 10.0.0.5 mask 255.255.255.0 from 10.0.0.1 for 1d');
  expect(`${told.stdout}${told.stderr}${forPeople.stdout}${forPeople.stderr}`).not.toContain('secret');
});

test('a network without DHCP servers ends the boot after its series', async () => {
  const { code, stdout } = await answer(['boot', ...virtual, '--lease', 'none']);
  expect(code).toBe(3);
  expect(stdout).toMatch(/failed: the phone has no address: no DHCP server made an offer\n +look at: /);
});

test('a phone keeps what it leased in --flash, and starts with it when allowed to', async () => {
  const flash = ['--flash', `${temporaryFolder()}/phone`];
  await answer([
    'boot',
    ...virtual,
    ...flash,
    '--lease',
    `${lease('http://10.0.0.9/')},settings=CACHED_IP_ENABLED=YES`,
  ]);
  const { outcome } = await runTold(['check', ...virtual, ...flash, '--lease', 'none']);
  expect(outcome).toMatchObject({ state: 'idle', lease: { how: 'last-address', address: '10.0.0.5' } });
});

test('an interface that is none is named, and those there are', async () => {
  const { code, stdout, stderr } = await answer(['boot', '--dhcp', 'phone99']);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^error: --dhcp phone99: no such interface; expected one of .*\blo\b/);
});

test('--print-config shows a lease without its password', async () => {
  const { stdout } = await answer(['boot', '--print-config', '--lease', lease('ftp://me:secret@10.0.0.9')]);
  expect(JSON.parse(stdout).lease).toEqual([
    {
      ...{ address: '10.0.0.5', mask: '255.255.255.0', router: '10.0.0.1' },
      provisioningServer: 'ftp://me:***@10.0.0.9',
    },
  ]);
});

test('settings that DHCP hands out keep their passwords, said or wrong', async () => {
  const given = `${lease('ftp://me:s3cr3t@10.0.0.9')},settings=BANNER=Hi;ADMIN_PASSWORD=s3cr3t`;
  const config = await answer(['boot', '--print-config', '--lease', given]);
  expect(JSON.parse(config.stdout).lease[0].infoBlock).toBe(
    'Nortel-SIP-Phone-B,BANNER=Hi;ADMIN_PASSWORD=***',
  );
  const wrong = given.replace('255.255.255.0', '255.0.255.0');
  const byFlag = await answer(['boot', '--lease', wrong]);
  const byVariable = await answer(['boot'], { DESKPHONE_LEASE: wrong });
  expect([byFlag.code, byVariable.code]).toEqual([2, 2]);
  for (const { stdout, stderr } of [config, byFlag, byVariable]) {
    expect(`${stdout}${stderr}`).not.toContain('s3cr3t');
  }
});
