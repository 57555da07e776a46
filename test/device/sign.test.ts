import { createPrivateKey, X509Certificate } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { makeSelfSignedCertificate } from '../../src/device/sign.ts';

const notBefore = Date.UTC(2024, 2, 4, 7, 0, 0);
const made = makeSelfSignedCertificate({
  commonName: 'files.example',
  addresses: ['127.0.0.1', '::1', 'localhost'],
  notBefore,
  days: 30,
});
const certificate = new X509Certificate(made.certificate);

describe('a self-signed certificate', () => {
  test('is for its common name and every address', () => {
    expect(certificate.subject).toBe('CN=files.example');
    expect(certificate.subjectAltName?.split(', ')).toEqual([
      'DNS:files.example',
      'IP Address:127.0.0.1',
      'IP Address:0:0:0:0:0:0:0:1',
      'DNS:localhost',
    ]);
    expect(certificate.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(certificate.checkIP('127.0.0.2')).toBe(undefined);
  });

  test('is its own root', () => {
    expect(certificate.issuer).toBe(certificate.subject);
    expect(certificate.ca).toBe(true);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
  });

  test('has its key, of 2048 bits', () => {
    expect(certificate.checkPrivateKey(createPrivateKey(made.key))).toBe(true);
    expect(certificate.publicKey.asymmetricKeyDetails?.modulusLength).toBe(2048);
  });

  test('is good from the instant given for as many days as given', () => {
    expect([Date.parse(certificate.validFrom), Date.parse(certificate.validTo)]).toEqual([
      notBefore,
      notBefore + 30 * 86_400_000,
    ]);
  });

  test('differs from the next of the same name in its serial number', () => {
    const next = makeSelfSignedCertificate({
      commonName: 'files.example',
      addresses: [],
      notBefore,
      days: 30,
    });
    const { serialNumber } = new X509Certificate(next.certificate);
    expect(serialNumber).toMatch(/^01[0-9A-F]{30}$/);
    expect(serialNumber).not.toBe(certificate.serialNumber);
  });

  test('names a common name that is an address once, as an address', () => {
    const local = makeSelfSignedCertificate({
      commonName: '127.0.0.1',
      addresses: ['127.0.0.1'],
      notBefore,
      days: 1,
    });
    expect(new X509Certificate(local.certificate).subjectAltName).toBe('IP Address:127.0.0.1');
  });
});
