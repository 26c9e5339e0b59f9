/** Names of IANA's "Transport Layer Security (TLS) Parameters", those that are met. */
import { ciphers } from './ciphers.ts';

export const contentType = { changeCipherSpec: 20, alert: 21, handshake: 22, applicationData: 23 } as const;
export const handshakeType = { clientHello: 1, serverHello: 2 } as const;
export const extensionType = { serverName: 0, groups: 10, protocols: 16, versions: 43 } as const;

type Names = Readonly<Record<number, string>>;

const contents: Names = { 20: 'Change cipher spec', 21: 'Alert', 22: 'Handshake', 23: 'Application data' };
const versions: Names = {
  0x0300: 'SSL 3.0',
  0x0301: 'TLS 1.0',
  0x0302: 'TLS 1.1',
  0x0303: 'TLS 1.2',
  0x0304: 'TLS 1.3',
};
const handshakes: Names = {
  0: 'HelloRequest',
  1: 'ClientHello',
  2: 'ServerHello',
  4: 'NewSessionTicket',
  5: 'EndOfEarlyData',
  8: 'EncryptedExtensions',
  11: 'Certificate',
  12: 'ServerKeyExchange',
  13: 'CertificateRequest',
  14: 'ServerHelloDone',
  15: 'CertificateVerify',
  16: 'ClientKeyExchange',
  20: 'Finished',
  22: 'CertificateStatus',
  24: 'KeyUpdate',
};
const extensions: Names = {
  0: 'server_name',
  1: 'max_fragment_length',
  5: 'status_request',
  10: 'supported_groups',
  11: 'ec_point_formats',
  13: 'signature_algorithms',
  16: 'application_layer_protocol_negotiation',
  18: 'signed_certificate_timestamp',
  21: 'padding',
  22: 'encrypt_then_mac',
  23: 'extended_master_secret',
  27: 'compress_certificate',
  35: 'session_ticket',
  41: 'pre_shared_key',
  42: 'early_data',
  43: 'supported_versions',
  44: 'cookie',
  45: 'psk_key_exchange_modes',
  49: 'post_handshake_auth',
  50: 'signature_algorithms_cert',
  51: 'key_share',
  0xfe0d: 'encrypted_client_hello',
  0xff01: 'renegotiation_info',
};
const groups: Names = {
  23: 'secp256r1',
  24: 'secp384r1',
  25: 'secp521r1',
  29: 'x25519',
  30: 'x448',
  256: 'ffdhe2048',
  257: 'ffdhe3072',
  4588: 'X25519MLKEM768',
};
const levels: Names = { 1: 'warning', 2: 'fatal' };
const alerts: Names = {
  0: 'close notify',
  10: 'unexpected message',
  20: 'bad record MAC',
  22: 'record overflow',
  40: 'handshake failure',
  42: 'bad certificate',
  43: 'unsupported certificate',
  44: 'certificate revoked',
  45: 'certificate expired',
  46: 'certificate unknown',
  47: 'illegal parameter',
  48: 'unknown CA',
  49: 'access denied',
  50: 'decode error',
  51: 'decrypt error',
  70: 'protocol version',
  71: 'insufficient security',
  80: 'internal error',
  86: 'inappropriate fallback',
  90: 'user canceled',
  109: 'missing extension',
  110: 'unsupported extension',
  112: 'unrecognized name',
  116: 'certificate required',
  120: 'no application protocol',
};

const hex = (value: number) => `0x${value.toString(16).padStart(4, '0')}`;

/** RFC 8701: numbers that mean nothing, so that nobody comes to rely on a fixed set. */
export const isMadeUp = (value: number): boolean =>
  (value & 0x0f0f) === 0x0a0a && value >> 8 === (value & 0xff);

const nameIn = (names: Names, value: number) =>
  names[value] ?? (isMadeUp(value) ? `GREASE ${hex(value)}` : hex(value));

export const isHandshakeType = (type: number): boolean => handshakes[type] !== undefined;
export const contentName = (type: number): string => contents[type] ?? `Content type ${type}`;
export const versionName = (version: number): string => nameIn(versions, version);
export const handshakeName = (type: number): string => handshakes[type] ?? `Handshake type ${type}`;
export const extensionName = (type: number): string => nameIn(extensions, type);
export const cipherName = (cipher: number): string => nameIn(ciphers, cipher);
export const groupName = (group: number): string => nameIn(groups, group);
export const alertLevel = (level: number): string => levels[level] ?? `level ${level}`;
export const alertName = (alert: number): string => alerts[alert] ?? `alert ${alert}`;
