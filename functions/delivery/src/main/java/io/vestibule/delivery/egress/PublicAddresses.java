package io.vestibule.delivery.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Looks names up for the HTTP client, and gives it only addresses on the public internet. The
 * client connects to what it gets here, so nobody can answer one thing to a check and another to
 * the connection. The JDK's own questions (link local, site local) know too few of them.
 *
 * @see <a href="https://www.iana.org/assignments/iana-ipv4-special-registry/">IANA's special IPv4
 *     addresses</a>
 * @see <a href="https://www.iana.org/assignments/iana-ipv6-special-registry/">IANA's special IPv6
 *     addresses</a>
 */
final class PublicAddresses implements DnsResolver {

  private static final List<Network> NOT_PUBLIC =
      Stream.of(
              "0.0.0.0/8",
              "10.0.0.0/8",
              "100.64.0.0/10",
              "127.0.0.0/8",
              "169.254.0.0/16",
              "172.16.0.0/12",
              "192.0.0.0/24",
              "192.0.2.0/24",
              "192.88.99.0/24",
              "192.168.0.0/16",
              "198.18.0.0/15",
              "198.51.100.0/24",
              "203.0.113.0/24",
              "224.0.0.0/3",
              "2001::/23",
              "2001:db8::/32",
              "2002::/16",
              "3fff::/20")
          .map(Network::of)
          .toList();

  /** All of IPv6 that is given out. What embeds or translates IPv4 lies outside, or is named. */
  private static final Network GIVEN_OUT = Network.of("2000::/3");

  private static final int IPV6_BYTES = 16;

  private final Names names;

  PublicAddresses(Names names) {
    this.names = names;
  }

  /** Who knows what addresses a name has: the machine's resolver. */
  interface Names {
    InetAddress[] addresses(String name) throws UnknownHostException;
  }

  /**
   * The addresses of a name.
   *
   * @throws NotPublic if one of them is not public: who answers that is up to something
   */
  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    var addresses = names.addresses(host);
    if (!Stream.of(addresses).allMatch(PublicAddresses::isPublic)) {
      throw new NotPublic();
    }
    return addresses;
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }

  static boolean isPublic(InetAddress address) {
    byte[] bytes = address.getAddress();
    return (bytes.length < IPV6_BYTES || GIVEN_OUT.holds(bytes))
        && NOT_PUBLIC.stream().noneMatch(network -> network.holds(bytes));
  }

  /** A name stands for an address that is not public. */
  static final class NotPublic extends UnknownHostException {
    NotPublic() {
      super("a name of a target has an address that is not public");
    }
  }
}
