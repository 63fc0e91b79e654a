package io.vestibule.delivery.egress;

import java.net.InetAddress;
import java.util.Arrays;

/** A block of addresses: those whose first bits are the same (CIDR). */
record Network(byte[] address, int bits) {

  /**
   * Reads a block.
   *
   * @param block such as {@code 10.0.0.0/8}: a number, so that no name is looked up
   */
  static Network of(String block) {
    var parts = block.split("/", 2);
    try {
      return new Network(InetAddress.ofLiteral(parts[0]).getAddress(), Integer.parseInt(parts[1]));
    } catch (IllegalArgumentException e) {
      throw new AssertionError("Our own block is none: " + block, e);
    }
  }

  /** Whether it holds an address of the same family. */
  boolean holds(byte[] other) {
    if (other.length != address.length) {
      return false;
    }
    int whole = bits / Byte.SIZE;
    int rest = bits % Byte.SIZE;
    return Arrays.equals(address, 0, whole, other, 0, whole)
        && (rest == 0 || ((address[whole] ^ other[whole]) & 0xff) >> (Byte.SIZE - rest) == 0);
  }
}
