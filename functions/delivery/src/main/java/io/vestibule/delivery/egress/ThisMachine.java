package io.vestibule.delivery.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.DnsResolver;

/** For targets of a local run: one name, and it is this machine. */
final class ThisMachine implements DnsResolver {

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    if (!host.equals("localhost")) {
      throw new PublicAddresses.NotPublic();
    }
    return new InetAddress[] {InetAddress.getLoopbackAddress()};
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }
}
