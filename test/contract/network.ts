import { mutation, proof, type RuleGroup } from './rule.ts';

const phone = proof('test/phone/dhcp.test.ts');
const client = proof('test/network/dhcp.test.ts');

const inClient = mutation('src/network/dhcp.ts');
const inMessages = mutation('src/network/dhcp-messages.ts');
const inProgress = mutation('src/phone/lease-progress.ts');
const inReception = mutation('src/device/receive-lease.ts');

/** How the phone comes by its address, and what DHCP tells it beside. */
export const network: RuleGroup = {
  title: 'The address, and DHCP',
  rules: [
    {
      id: 'dhcp-says',
      says: 'It says who it is by option 60 Nortel-SIP-Phone-A with a NUL behind it, 61 the MAC, 12 T and the MAC, 57 1190, and asks for its list of options in 55.',
      provenBy: [client('says who it is and what it wants as the manual prints it')],
      inverted: inMessages('${vendorClasses[software]}\\0', '${vendorClasses[software]}'),
    },
    {
      id: 'dhcp-unistim-class',
      says: 'Running UNIStim it names the class Nortel-i2004-A.',
      provenBy: [client('a phone on UNIStim names another class')],
      inverted: inMessages("UNIStim: 'Nortel-i2004-A'", "UNIStim: 'Nortel-SIP-Phone-A'"),
    },
    {
      id: 'dhcp-before-software',
      says: 'A phone whose address is not set by hand asks for one after the boot loader, before its software starts.',
      provenBy: [phone('a phone gets its address before its software starts, and the server from option 66')],
      inverted: mutation('src/phone/life.chart.ts')("{ guard: 'usesDhcp', target: 'network' },", ''),
    },
    {
      id: 'dhcp-tries',
      says: 'It asks four times, 4, 8, 16 and 32 s apart, each a second more or less; DHCP_NUMBER_OF_RETRIES and DHCP_INITIAL_TIMEOUT say otherwise.',
      provenBy: [
        client('asks a silent network four times by default'),
        phone('a silent network is asked four times a series, ten series long, and then the boot is over'),
        phone('the settings of a file shape the series'),
      ],
      inverted: mutation('src/provisioning/dhcp-waits.ts')('2 ** index', '3 ** index'),
    },
    {
      id: 'dhcp-longest',
      says: 'Offers are gathered for one second from the first; the longest lease is taken, of equal ones the first.',
      provenBy: [
        client('the longest lease of the first second', 'of equal leases the first'),
        phone('of several offers within a second of the first the longest is taken'),
      ],
      inverted: inClient('offer.leaseS > best.leaseS', 'offer.leaseS < best.leaseS'),
    },
    {
      id: 'dhcp-series',
      says: 'Without an offer the series starts again; after ten of them the boot is over and the phone has no address.',
      provenBy: [
        phone('a silent network is asked four times a series, ten series long, and then the boot is over'),
      ],
      inverted: inProgress('const SERIES_MAX = 10', 'const SERIES_MAX = 9'),
    },
    {
      id: 'dhcp-last-address',
      says: 'Without an offer a phone with CACHED_IP_ENABLED YES takes the last address it had.',
      provenBy: [
        phone('with CACHED_IP_ENABLED YES the last address is used', 'with CACHED_IP_ENABLED NO it is not'),
      ],
      inverted: inProgress("'CACHED_IP_ENABLED') === 'YES'", "'CACHED_IP_ENABLED') === 'NO'"),
    },
    {
      id: 'dhcp-option-66',
      says: 'Option 66 says where the provisioning file is, unless the server was set by hand.',
      provenBy: [
        phone('a dotted address is a TFTP server', 'option 66 wins over the one received before'),
        phone('a provisioning server set by hand wins over option 66, told'),
      ],
      inverted: mutation('src/phone/network.ts')(
        'serverByHand(unit) ??',
        '(unit.setup.dhcp === undefined ? serverByHand(unit) : null) ??',
      ),
    },
    {
      id: 'dhcp-sticky-server',
      says: 'An option 66 that does not come this time, or cannot be read, is as it was received last.',
      provenBy: [
        phone(
          'what DHCP does not say is as it was received last',
          'what cannot be read is as it was received last',
        ),
      ],
      inverted: inReception(
        'if (offered === undefined) return { kept: before, problems: [] };',
        'if (offered === undefined) return { kept: null, problems: [] };',
      ),
    },
    {
      id: 'dhcp-info-block',
      says: 'Settings of the info block win over files, and lose against those made by hand.',
      provenBy: [phone('settings of the info block win over files and lose against those made by hand')],
      inverted: mutation('src/device/settings.ts')("stored?.from === 'dhcp'", "stored?.from === 'manual'"),
    },
    {
      id: 'dhcp-info-block-leaves',
      says: 'A setting that leaves the info block stays, and a file may then bring another.',
      provenBy: [phone('a setting that leaves the info block stays until a file brings another')],
      inverted: inReception(
        "values[name] = { value, from: 'file' }",
        "values[name] = { value, from: 'dhcp' }",
      ),
    },
    {
      id: 'dhcp-renewal',
      says: 'A lease is renewed with its server at T1, with any at T2; one that is over or refused is lost, and another asked for.',
      provenBy: [
        phone('a lease is renewed at half its time, again and again', 'from T2 on any server may renew it'),
        phone(
          'a lease that nobody renews is asked about more and more often, is over, and another is asked for',
          'a lease that is refused at its renewal is lost at once',
        ),
      ],
      inverted: mutation('src/provisioning/lease-renewal.ts')('if (nowMs < t1AtMs)', 'if (nowMs < t2AtMs)'),
    },
    {
      id: 'dhcp-source-address',
      says: 'Requests leave from the address of the lease where the machine has it; else from another, told.',
      provenBy: [
        phone(
          'requests leave from the address of the lease',
          'a machine without that address chooses another, told',
        ),
      ],
      inverted: mutation('src/phone/lease-facts.ts')(
        'setup.localAddress ?? setup.dhcp?.sourceFor(address) ?? null',
        'setup.localAddress ?? null',
      ),
    },
    {
      id: 'dhcp-factory-reset',
      says: 'A factory reset forgets the last lease.',
      provenBy: [phone('a factory reset forgets the lease')],
      inverted: mutation('src/phone/user-flash.ts')("{ change: 'lease', lease: null },", ''),
    },
  ],
};
