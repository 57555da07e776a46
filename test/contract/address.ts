import { mutation, proof, type RuleGroup } from './rule.ts';

const addresses = proof('test/provisioning/server-address.test.ts');
const source = proof('test/provisioning/section-source.test.ts');
const https = proof('test/transport/https.test.ts');

const inAddress = mutation('src/provisioning/server-address.ts');
const inSource = mutation('src/provisioning/section-source.ts');

/** Where files are asked for. */
export const address: RuleGroup = {
  title: 'The provisioning server',
  rules: [
    {
      id: 'address-bare',
      says: 'A dotted IPv4 address or a bare host name, as option 66 brings it, means TFTP.',
      provenBy: [addresses('a dotted IPv4 is a TFTP server', 'a bare host name is a TFTP server')],
      inverted: inAddress("?? 'tftp'", "?? 'http'"),
    },
    {
      id: 'address-protocols',
      says: 'tftp://, ftp://, http:// and https:// select the protocol; another is refused.',
      provenBy: [
        addresses('understands ftp://', 'understands https://', 'refuses another scheme in plain words'),
      ],
      inverted: inAddress("protocolNamed(scheme ?? '') ?? 'tftp'", "'tftp'"),
    },
    {
      id: 'address-parts',
      says: 'User, password, port and folder of the address are honoured; the folder stands before every file name.',
      provenBy: [
        addresses("the manual's example"),
        source('the same protocol and host inherit port, folder and credentials'),
      ],
      inverted: inAddress('path: percentDecoded(path) ?? path', "path: ''"),
    },
    {
      id: 'address-semicolon',
      says: 'User and password may be parted by a semicolon, as one grammar of the manual prints it; told.',
      provenBy: [addresses("tells > a semicolon between user and password, as the manual's grammar has it")],
      inverted: mutation('src/provisioning/server-address-parts.ts')(
        "const partedBy = [':', ';'] as const",
        "const partedBy = [':'] as const",
      ),
    },
    {
      id: 'address-typed-password',
      says: 'A password of more than 49 characters, which Device Settings would not take, is told when it was typed.',
      provenBy: [
        addresses('tells > a typed password that Device Settings would not take, and not one from DHCP'),
      ],
      inverted: inAddress('TYPED_PASSWORD_LENGTH_MAX = 49', 'TYPED_PASSWORD_LENGTH_MAX = 50'),
    },
    {
      id: 'address-inherited',
      says: 'A section with the protocol and host of the address inherits its port, folder and credentials.',
      provenBy: [
        source('the same protocol and host inherit port, folder and credentials'),
        source('so does the same host when it is named', 'another protocol inherits nothing but the host'),
      ],
      inverted: inSource('protocol === server.protocol && isSameHost', 'isSameHost'),
    },
    {
      id: 'address-credentials-stay',
      says: 'Credentials of the address are never sent to another host.',
      provenBy: [source('another host inherits nothing')],
      inverted: inSource(
        'ownCredentials(section) ?? inherited',
        'ownCredentials(section) ?? server',
        'credentials go to another host',
      ),
    },
    {
      id: 'address-own-credentials',
      says: "A section's SRV_USER_NAME and SRV_USER_PASS win, and are never joined with half of the address's.",
      provenBy: [
        source("never with the server's password", "nor the server's user with the section's password"),
        source("the section's own user goes with its own password"),
      ],
      inverted: inSource(
        'ownCredentials(section) ?? inherited',
        '{ ...inherited, ...ownCredentials(section) }',
      ),
    },
    {
      id: 'address-section-server',
      says: 'SERVER_IP of a section names another server; absent, it is that of the provisioning file.',
      provenBy: [
        source(
          'another host inherits nothing',
          'the same protocol and host inherit port, folder and credentials',
        ),
      ],
      inverted: inSource('section.serverIp ?? server.host', 'server.host'),
    },
    {
      id: 'address-default-protocol',
      says: 'A section without PROTOCOL means TFTP, told when the provisioning file came another way.',
      quirk: 'defaultProtocol',
      provenBy: [source('means TFTP, told when the provisioning file came another way')],
      inverted: [
        inSource("quirks.defaultProtocol === 'tftp' ? 'tftp' : server.protocol", 'server.protocol'),
        inSource(
          "quirks.defaultProtocol === 'tftp' ? 'tftp'",
          "quirks.defaultProtocol === 'tftp' ? 'http'",
          'PROTOCOL is HTTP by default',
        ),
      ],
    },
    {
      id: 'address-ports',
      says: "The port is the address's for the same protocol and host, else the one given for the protocol, else 69, 21, 80 or 443.",
      provenBy: [
        source(
          'no port in the address means that of --ports',
          'no port at all means the usual one',
          'usual for FTP',
        ),
      ],
      inverted: inSource('ports[protocol] ?? usualPorts[protocol]', 'usualPorts[protocol]'),
    },
    {
      id: 'tls-verified',
      says: "A server's certificate is verified against the phone's roots and those the user gives.",
      provenBy: [
        https('a certificate that nobody vouches for is refused', 'a certificate of a trusted root is taken'),
        https('a certificate of another root is refused'),
      ],
      inverted: mutation('src/transport/http-socket.ts')(
        "rejectUnauthorized: tls.verify === 'verify'",
        'rejectUnauthorized: false',
      ),
    },
    {
      id: 'tls-customer-roots',
      says: 'The customer roots that [USER_KEYS] brought count for HTTPS.',
      provenBy: [proof('test/contract/address.test.ts')('a stored customer root is one of the roots')],
      inverted: mutation('src/phone/file-order.ts')('ca: [...setup.ca, ...roots]', 'ca: [...setup.ca]'),
    },
    {
      id: 'tls-client-certificate',
      says: 'Over HTTPS the phone shows the device certificate it holds, and none where it holds none.',
      provenBy: [
        proof('test/phone/trust.test.ts')(
          "HTTPS > shows the phone's device certificate",
          'HTTPS > shows no certificate where there is none',
        ),
        https('the server sees the certificate of the phone'),
      ],
      inverted: mutation('src/phone/file-order.ts')('device !== undefined && {', 'device === undefined && {'),
    },
    {
      id: 'tls-insecure',
      says: 'Any certificate is taken by a phone that was told so expressly.',
      provenBy: [https('any certificate is taken by a phone that was told to')],
      inverted: mutation('src/transport/http-socket.ts')(
        "rejectUnauthorized: tls.verify === 'verify'",
        'rejectUnauthorized: true',
      ),
    },
    {
      id: 'tls-without-device-certificate',
      says: 'HTTPS without a device certificate in the phone goes on without a client certificate, and is told.',
      quirk: 'httpsNeedsDeviceCert',
      provenBy: [proof('test/contract/address.test.ts')('HTTPS without a device certificate goes on, told')],
      inverted: mutation('src/phone/obstacle.ts')(
        "problem('NO_DEVICE_CERTIFICATE', { section, message })",
        "problem('NOT_VERIFIED', { section, message })",
      ),
    },
  ],
};
