/** modbus-serial ships no types for this helper. Returns the CRC-16/MODBUS; on the wire its low byte goes first. */
declare module 'modbus-serial/utils/crc16.js' {
  export default function crc16(bytes: Uint8Array): number
}
